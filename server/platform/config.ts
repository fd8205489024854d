import ipaddr from 'ipaddr.js'
import { z } from 'zod'

const port = z.coerce
  .number('must be a number')
  .int('must be a whole number')
  .min(0, 'must be 0 to 65535')
  .max(65535, 'must be 0 to 65535')
const megabytes = z.coerce
  .number('must be a number of megabytes')
  .positive('must be more than 0')
  .max(10_000, 'must be at most 10000')
const optionalUrl = (protocols: string[], remedy: string) =>
  z
    .string()
    .refine((v) => URL.canParse(v) && protocols.includes(new URL(v).protocol), { error: remedy })
    .optional()

/** As the web server takes them: an address, a network, or one of its names for several. */
const isRange = (text: string) =>
  ['loopback', 'linklocal', 'uniquelocal'].includes(text) || ipaddr.isValid(text) || ipaddr.isValidCIDR(text)

/** A provider's answers decide who somebody is: in the clear only on this machine. */
const isIssuer = (text: string) => {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname))
}

/** The environment, read once at the start. An empty value counts as not set. */
export const environment = z.object({
  PORT: port.default(9282).meta({ description: 'Where it listens.' }),
  HOST: z
    .string()
    .default('127.0.0.1')
    .meta({ description: 'The address it listens at; `0.0.0.0` lets others in. Put TLS in front.' }),
  DATA_DIR: z.string().default('data').meta({ description: 'The embedded database, attachments and the secret key.' }),
  DATABASE_URL: optionalUrl(
    ['postgres:', 'postgresql:'],
    'must be an address such as postgres://user:password@host:5432/watchfloor',
  ).meta({ description: 'A PostgreSQL 15 or later instead of the embedded one.' }),
  BASE_URL: optionalUrl(
    ['http:', 'https:'],
    'must be the address that people use, such as https://watchfloor.example.com',
  ).meta({ description: 'The address that people use, for links in messages.' }),
  ROLES: z
    .string()
    .default('web,worker')
    .transform((v) =>
      v
        .split(',')
        .map((r) => r.trim())
        .filter(Boolean),
    )
    .pipe(
      z
        .array(z.enum(['web', 'worker'], 'must be web, worker, or both with a comma between'))
        .min(1, 'must name web, worker or both'),
    )
    .meta({
      description:
        '`web` answers requests, `worker` does what is due; both unless told. A worker alone answers for its health and metrics only.',
    }),
  ADMIN_EMAIL: z
    .email('must be a mail address')
    .optional()
    .meta({ description: 'The first administrator, with `ADMIN_PASSWORD`, instead of a link on the terminal.' }),
  ADMIN_PASSWORD: z
    .string()
    .min(12, 'must have at least 12 characters')
    .optional()
    .meta({ description: 'At least 12 characters.' }),
  ADMIN_API_KEY: z
    .string()
    .regex(/^[A-Za-z0-9_-]{32}$/, 'must be exactly 32 letters, digits, - or _')
    .optional()
    .meta({ description: '32 letters, digits, `-` or `_`: a key with all scopes.' }),
  SECRET_KEY: z
    .string()
    .min(32, 'must have at least 32 characters')
    .optional()
    .meta({ description: 'Encrypts secrets and signs links; made once in `DATA_DIR` when it is not given.' }),
  SECRET_KEY_BEFORE: z.string().min(32, 'must have at least 32 characters').optional().meta({
    description:
      'The one before it, while secrets are sealed anew after a change: see the guide. Or `secret.key.before` in `DATA_DIR`.',
  }),
  SMTP_URL: optionalUrl(['smtp:', 'smtps:'], 'must be an address such as smtp://user:password@host:587').meta({
    description: 'The mail server, such as `smtp://user:password@mail.example.com:587`.',
  }),
  MAIL_FROM: z.string().default('Watchfloor <watchfloor@localhost>').meta({ description: 'Who mail comes from.' }),
  ALLOW_PRIVATE_ADDRESSES: z
    .enum(['true', 'false'], 'must be true or false')
    .default('true')
    .transform((v) => v === 'true')
    .meta({ description: '`false`: monitors and webhooks reach public addresses only.' }),
  TRUST_PROXY: z
    .string()
    .refine((v) => v.split(',').every((one) => isRange(one.trim())), {
      error: 'must be addresses with commas between, such as 127.0.0.1 or 10.0.0.0/8',
    })
    .optional()
    .meta({
      description:
        'Addresses of reverse proxies whose `X-Forwarded-For` is believed, such as `127.0.0.1` or `10.0.0.0/8`.',
    }),
  ATTACHMENT_MAX_MB: megabytes.default(25).meta({ description: 'The largest file that is taken.' }),
  ATTACHMENTS_PER_TICKET_MB: megabytes.default(250).meta({ description: 'The files of one ticket together.' }),
  PING_HOSTS: z
    .string()
    .default('')
    .transform((v) => [...new Set(v.split(',').map((one) => one.trim().toLowerCase()))].filter(Boolean))
    .refine((all) => all.every((one) => /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(one)), {
      error: 'must be names of hosts with commas between, such as ping.example.com',
    })
    .meta({
      description:
        'Names of hosts, with commas between, at whose root pings are taken, as at hc-ping.com: `https://ping.example.com/<uuid>`. Both names lead here; `/ping/…` works everywhere.',
    }),
  PING_OUTPUT_MAX_MB: megabytes.default(5).meta({
    description:
      'How much of what a job prints is kept, in all; beyond the 100 kB that stand in the database it lies in `DATA_DIR`. `0.1` keeps nothing there.',
  }),
  PING_SMTP_PORT: port.optional().meta({
    description: 'Takes pings of jobs by mail at this port, for what can send nothing else; by nobody unless told.',
  }),
  PING_SMTP_TLS_KEY: z.string().optional().meta({
    description: 'The file with the private key (PEM) for STARTTLS at that port; read again each hour.',
  }),
  PING_SMTP_TLS_CERT: z
    .string()
    .optional()
    .meta({ description: 'The file with its certificate (PEM), and those that issued it.' }),
  METRICS_KEY: z.string().optional().meta({
    description:
      'Opens `/api/v3/metrics/`, by which healthchecks is watched, to whoever sends it as `X-Metrics-Key`; to nobody unless told.',
  }),
  SCHEDULER_PROGRAMS: z
    .string()
    .default('')
    .transform((v) =>
      v
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean),
    )
    .refine((all) => all.every((one) => /^(\/[^/\0]+)+$/.test(one) && !/\/\.\.?(\/|$)/.test(one)), {
      error: 'must be full paths with commas between, such as /opt/autosys/bin/sendevent',
    })
    .meta({
      description:
        'The programs that acts on jobs may run, as full paths with commas between; none unless told. They run as the user of Watchfloor, on every machine with the role `worker`.',
    }),
  DEAD_MAN_URL: optionalUrl(
    ['http:', 'https:'],
    'must be the address to call each minute, such as https://hc.example.com/ping/…',
  ).meta({
    description:
      'An address at a second place that is called each minute while work is done, and raises an alarm when nothing comes: another Watchfloor, or any such service.',
  }),
  OIDC_ISSUER: z
    .string()
    .refine(isIssuer, 'must be the https address of an OpenID provider, such as https://login.example.com/realms/bank')
    .optional()
    .meta({ description: 'The OpenID provider through which people sign in, beside passwords.' }),
  OIDC_CLIENT_ID: z.string().optional().meta({ description: 'What the provider calls Watchfloor.' }),
  OIDC_CLIENT_SECRET: z.string().optional().meta({ description: 'The secret it gave for that.' }),
  OIDC_NAME: z
    .string()
    .max(40, 'must have at most 40 characters')
    .default('your company')
    .meta({ description: 'What the button calls it: “Sign in with …”.' }),
  OIDC_ROLE: z
    .enum(['requester', 'stakeholder', 'responder'], 'must be requester, stakeholder or responder')
    .optional()
    .meta({ description: 'The role of who signs in for the first time and was not invited; unset, they are refused.' }),
  OIDC_TRUST_EMAIL: z
    .enum(['true', 'false'], 'must be true or false')
    .default('false')
    .transform((v) => v === 'true')
    .meta({
      description:
        '`true`: mail addresses are believed although the provider does not say that it has verified them. Only where people cannot choose their address themselves.',
    }),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], 'must be trace, debug, info, warn, error or silent')
    .default('info')
    .meta({ description: 'How much is written to standard output.' }),
  WEB_DIST: z.string().optional().meta({ description: 'The built pages; found by itself unless told.' }),
})

export type Config = z.output<typeof environment>

export class ConfigError extends Error {}

/**
 * Reads the environment. Throws a ConfigError whose message names each bad variable and the remedy, never its value:
 * a value may be a secret.
 */
export const readConfig = (env: Record<string, string | undefined>): Config => {
  const set = Object.fromEntries(Object.entries(env).filter(([, v]) => v !== undefined && v !== ''))
  const parsed = environment.safeParse(set)
  if (!parsed.success) {
    const sentences = parsed.error.issues.map((i) => `${String(i.path[0])} ${i.message}.`)
    throw new ConfigError([...new Set(sentences)].join('\n'))
  }
  const { ADMIN_EMAIL, ADMIN_PASSWORD } = parsed.data
  if (!ADMIN_EMAIL !== !ADMIN_PASSWORD) {
    throw new ConfigError('ADMIN_EMAIL and ADMIN_PASSWORD must be set together, or neither.')
  }
  const { PING_SMTP_TLS_KEY, PING_SMTP_TLS_CERT } = parsed.data
  if (!PING_SMTP_TLS_KEY !== !PING_SMTP_TLS_CERT) {
    throw new ConfigError('PING_SMTP_TLS_KEY and PING_SMTP_TLS_CERT must be set together, or neither.')
  }
  const { BASE_URL, PING_HOSTS } = parsed.data
  if (BASE_URL && PING_HOSTS.includes(new URL(BASE_URL).hostname)) {
    throw new ConfigError(
      'PING_HOSTS must not name the host of BASE_URL: at the root of that are the pages. Give pings a name of their own.',
    )
  }
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = parsed.data
  if (new Set([!OIDC_ISSUER, !OIDC_CLIENT_ID, !OIDC_CLIENT_SECRET]).size > 1) {
    throw new ConfigError('OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET must be set together, or none of them.')
  }
  return parsed.data
}
