import { Select } from '@mantine/core'
import type { Role } from '../../../contract/permissions.ts'
import { roles, roleWords } from './data.ts'

/** One of the five roles, with what it may do in a few words. */
export const RoleSelect = ({
  value,
  onChange,
  error,
  disabled = false,
}: {
  value: Role
  onChange: (role: Role) => void
  error?: string | undefined
  disabled?: boolean
}) => (
  <Select
    label="Role"
    description={roleWords[value].hint}
    error={error}
    disabled={disabled}
    data={roles.map((role) => ({ value: role, label: roleWords[role].label }))}
    value={value}
    onChange={(next) => next && onChange(next as Role)}
    renderOption={({ option }) => (
      <>
        <span>{option.label}</span>
        <span className="faint clip" style={{ marginLeft: 'auto', paddingLeft: 12 }}>
          {roleWords[option.value as Role].hint}
        </span>
      </>
    )}
  />
)
