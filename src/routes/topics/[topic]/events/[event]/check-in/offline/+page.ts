// the door as it opens where there is no network
export const csr = true;
