// follows the job while it runs; without script the page says how far it is each time it is loaded
export const csr = true;
