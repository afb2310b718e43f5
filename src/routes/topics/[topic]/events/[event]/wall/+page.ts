// the timer counts by itself; without script the page tells when the round ends, and a link loads the newest
export const csr = true;
