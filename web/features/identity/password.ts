const shortest = 12

export const passwordHelp = `At least ${shortest} characters; a short sentence is easy to remember.`

/** What can be seen to be missing from a new password before the server is asked, which has the last word. */
export const passwordWish = (password: string, email: string): string | undefined => {
  if (password === '') return 'A password is needed.'
  if (password.length < shortest) return `The password has ${password.length} of at least ${shortest} characters.`
  if (password.trim().toLowerCase() === email.trim().toLowerCase()) return 'The password must not be the mail address.'
  return undefined
}
