import type { Page } from '#web/pages.ts';

/** The headers that every answer carries; the content security policy comes from SvelteKit, which knows the digests of its scripts. */
export function headersFor(kind: Page['kind'], secure: boolean, camera = false): [string, string][] {
	return [
		['cache-control', kind === 'public' ? 'public, max-age=1' : kind === 'stream' ? 'public, max-age=60' : 'private, no-store'],
		['x-content-type-options', 'nosniff'],
		['referrer-policy', 'strict-origin-when-cross-origin'],
		['cross-origin-opener-policy', 'same-origin'],
		['cross-origin-resource-policy', 'same-origin'],
		['permissions-policy', `camera=${camera ? '(self)' : '()'}, geolocation=(), microphone=(), payment=()`],
		...(secure ? [['strict-transport-security', 'max-age=31536000; includeSubDomains'] as [string, string]] : [])
	];
}
