import { languageCodes, pathInLanguage } from '#languages/languages.ts';
import type { RequestHandler } from './$types';

/** Pages that are one person's own, or lead to a form: nothing for a search engine, in any language. */
const personal = ['/desk', '/account', '/receipts', '/sign-in', '/invitations', '/unsubscribe'];

export const GET: RequestHandler = ({ url }) => {
	const closed = languageCodes.flatMap((code) => personal.map((path) => `Disallow: ${pathInLanguage(path, code)}`));
	const text = ['User-agent: *', ...closed, 'Disallow: /api/', 'Allow: /', '', `Sitemap: ${url.origin}/sitemap.xml`, ''].join(
		'\n'
	);
	return new Response(text, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
};
