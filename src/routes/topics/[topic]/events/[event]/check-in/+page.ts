// the figures move by themselves; without script a link loads the newest
export const csr = true;
