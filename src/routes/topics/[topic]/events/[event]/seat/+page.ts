// counts the minutes and looks for the next round by itself; without script a link does
export const csr = true;
