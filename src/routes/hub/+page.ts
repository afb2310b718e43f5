// the queue and the agenda move by themselves; without script the page is loaded anew
export const csr = true;
