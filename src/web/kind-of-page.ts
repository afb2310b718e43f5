import { pages, type Page } from '#web/pages.ts';

/** What an address (without language) will be, before its route is known. */
export function kindOf(pathname: string): Page['kind'] {
	const bare = pathname.length > 1 && pathname.endsWith('/') ? pathname.slice(0, -1) : pathname;
	const exact = pages[bare];
	if (exact && !bare.includes('[')) return exact.kind;
	return patterns.find(({ pattern }) => pattern.test(bare))?.kind ?? 'personal';
}

// a fixed word wins over a parameter ("/ideas/new" over "/ideas/[idea]"), as in the router
const patterns = Object.entries(pages)
	.filter(([route]) => route.includes('['))
	.sort(([one], [other]) => parameters(one) - parameters(other))
	.map(([route, { kind }]) => ({
		kind,
		pattern: new RegExp(`^${route.replaceAll('.', '\\.').replace(/\[[^\]]+\]/g, '[^/]+')}$`)
	}));

function parameters(route: string): number {
	return route.split('[').length;
}
