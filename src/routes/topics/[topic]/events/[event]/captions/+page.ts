// new lines come by themselves; without script a link loads them
export const csr = true;
