/**
 * Whether what a page is given goes along into the browser. Each answer would be written out for it, also where no script will ever read
 * it: a fifth of the work of a page. The server knows (hooks.server.ts says so); a browser never asks.
 */
export const crossing = { ends: (): boolean => false };
