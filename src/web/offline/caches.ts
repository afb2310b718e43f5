/** With what the names of the caches of a path begin, for the worker that fills them and the page that gives them up. */
export function cachesOf(path: string): string {
	return `offline ${path} `;
}
