// pages are HTML and forms; one that needs script says so itself (and in web/pages.ts)
export const csr = false;
