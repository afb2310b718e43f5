/** Where to go on to, as an address carried it (`?then=`): a path of ours, never another host; otherwise the path that stands here. */
export function pathThen(then: string | null | undefined, otherwise: string): string {
	if (!then || !/^\/(?![/\\])[^\\\s]*$/.test(then)) return otherwise;
	return new URL(then, 'http://here').host === 'here' ? then : otherwise;
}
