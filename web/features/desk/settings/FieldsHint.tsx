import { fieldNames } from '../../../../contract/desk/fields.ts'

/** The fields that are filled in from the ticket. */
export const FieldsHint = () => <>Filled in from the ticket: {fieldNames.map((name) => `{{${name}}}`).join(' ')}</>
