{{- define "watchfloor.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "watchfloor.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{- define "watchfloor.labels" -}}
{{ include "watchfloor.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- /* What a schema cannot say in a sentence. */}}
{{- define "watchfloor.checks" -}}
{{- if not (regexMatch "^https?://[^/ ]" .Values.baseUrl) }}
{{- fail (printf "baseUrl: set it to the address that people use, such as https://watchfloor.example.com, not %q." .Values.baseUrl) }}
{{- end }}
{{- if not .Values.existingSecret }}
{{- fail "existingSecret: name the secret with DATABASE_URL and SECRET_KEY." }}
{{- end }}
{{- if and .Values.ingress.enabled (not .Values.ingress.host) }}
{{- fail "ingress.host: name the host that people use." }}
{{- end }}
{{- range $name, $value := .Values.env }}
{{- if eq $name "BASE_URL" }}
{{- fail "env.BASE_URL: say it as baseUrl." }}
{{- end }}
{{- if has $name (list "DATA_DIR" "HOST" "NODE_COMPILE_CACHE" "NODE_ENV" "PORT" "WEB_DIST") }}
{{- fail (printf "env.%s: the image and this chart set it; take it away." $name) }}
{{- end }}
{{- if has $name (list "DATABASE_URL" "SECRET_KEY" "SECRET_KEY_BEFORE" "ADMIN_PASSWORD" "ADMIN_API_KEY" "OIDC_CLIENT_SECRET") }}
{{- fail (printf "env.%s: it is secret; put it into the secret that existingSecret names." $name) }}
{{- end }}
{{- end }}
{{- with .Values.persistence }}
{{- if not (regexMatch "^[1-9][0-9]*(Mi|Gi|Ti)$" .size) }}
{{- fail (printf "persistence.size: a whole number with Mi, Gi or Ti, such as 20Gi, not %q." .size) }}
{{- end }}
{{- if and (gt (int $.Values.replicas) 1) (not .enabled) }}
{{- fail "persistence.enabled: without it each replica has attachments of its own. Set it to true, or replicas to 1." }}
{{- end }}
{{- if and (gt (int $.Values.replicas) 1) (not .existingClaim) (ne .accessMode "ReadWriteMany") }}
{{- fail (printf "persistence.accessMode: more than one replica needs ReadWriteMany, not %s. Set it so, or replicas to 1." .accessMode) }}
{{- end }}
{{- end }}
{{- end }}
