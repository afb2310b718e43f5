/** How many tables the café of the launch had is our assumption; its hosts are ten of those who registered. */
export const howManyTables = 10;

/** Of each round, with a break to change tables. */
export const minutesOfRound = 30;
export const minutesBetween = 5;

/** After the café began. */
export const minutesBefore = 10;
