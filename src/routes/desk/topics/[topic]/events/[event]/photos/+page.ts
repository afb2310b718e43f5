// pictures go one after the other, so that each is seen to arrive
export const csr = true;
