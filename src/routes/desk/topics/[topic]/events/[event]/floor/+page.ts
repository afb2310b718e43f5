// goes on without network; without script each act is a form
export const csr = true;
