/** The odds over which a deadline is predicted late, where nobody says otherwise. */
export const usualOddsLimit = 0.5
