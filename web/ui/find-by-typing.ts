/**
 * What every field has that one types in to find an option: the first match is marked while one types, and Enter takes it.
 * The last property keeps that mark when the list opens by typing; without it Enter would take nothing until an arrow is pressed.
 */
export const findByTyping = {
  searchable: true,
  selectFirstOptionOnChange: true,
  selectFirstOptionOnDropdownOpen: true,
} as const
