/**
 * Every page, and whether it is public (reads and sets no cookie, language by prefix only, cached for a second, has no form that writes),
 * a stream (public too, but sent as it is made and never kept), or personal (private, no-store). A page with script names the areas of
 * messages that it takes to the browser.
 */
export interface Page {
	readonly kind: 'public' | 'stream' | 'personal';
	readonly script?: readonly string[];
}

export const pages: Readonly<Record<string, Page>> = {
	'/': { kind: 'public' },
	'/accent/[colour].css': { kind: 'public' },
	'/accessibility': { kind: 'public' },
	'/account': { kind: 'personal' },
	'/account/app': { kind: 'personal' },
	'/account/passkey': { kind: 'personal', script: ['account', 'sign-in'] },
	'/account/tokens': { kind: 'personal' },
	'/api': { kind: 'public', script: ['api', 'tokens.title'] },
	'/contact': { kind: 'public' },
	'/countries/[country]': { kind: 'public' },
	'/data': { kind: 'public' },
	'/desk': { kind: 'personal' },
	'/desk/activity': { kind: 'personal' },
	'/desk/activity.csv': { kind: 'personal' },
	'/desk/institution': { kind: 'personal' },
	'/desk/institution/webhooks': { kind: 'personal' },
	'/desk/jobs': { kind: 'personal' },
	'/desk/mail': { kind: 'personal' },
	'/desk/mail/[mail]': { kind: 'personal' },
	'/desk/organisations': { kind: 'personal' },
	'/desk/organisations/[organisation]': { kind: 'personal' },
	'/desk/organisations/sheets': { kind: 'personal' },
	'/desk/organisations/sheets/[sheet]': { kind: 'personal', script: ['sheets', 'desk.organisations'] },
	'/desk/organisations/sheets/[sheet]/remarks': { kind: 'personal' },
	'/desk/people': { kind: 'personal' },
	'/desk/staff': { kind: 'personal' },
	'/desk/topics/[topic]': { kind: 'personal' },
	'/desk/topics/[topic]/activity': { kind: 'personal' },
	'/desk/topics/[topic]/activity.csv': { kind: 'personal' },
	'/desk/topics/[topic]/audit': { kind: 'personal' },
	'/desk/topics/[topic]/audit/[request]': { kind: 'personal' },
	'/desk/topics/[topic]/invitations': { kind: 'personal' },
	'/desk/topics/[topic]/mail-in': { kind: 'personal' },
	'/desk/topics/[topic]/mail-in/[mail]/original': { kind: 'personal' },
	'/desk/topics/[topic]/moderation': { kind: 'personal', script: ['moderation', 'receipts', 'ideas', 'submissions', 'refusals'] },
	'/desk/topics/[topic]/moderation/rules': { kind: 'personal' },
	'/desk/topics/[topic]/notices': { kind: 'personal' },
	'/desk/topics/[topic]/notices/[notice]': { kind: 'personal' },
	'/desk/topics/[topic]/notices/new': { kind: 'personal' },
	'/desk/topics/[topic]/paper': { kind: 'personal' },
	'/desk/topics/[topic]/paper/forms/[form]': { kind: 'personal' },
	'/desk/topics/[topic]/paper/runs/[run]': { kind: 'personal' },
	'/desk/topics/[topic]/paper/scans/[scan]': { kind: 'personal' },
	'/desk/topics/[topic]/people': { kind: 'personal' },
	'/desk/topics/[topic]/preview': { kind: 'personal' },
	'/desk/topics/[topic]/report': { kind: 'personal', script: ['reports', 'texts.desk'] },
	'/desk/topics/[topic]/report/[report]': { kind: 'personal' },
	'/desk/topics/[topic]/report/[report]/passages': { kind: 'personal' },
	'/desk/topics/[topic]/setup': { kind: 'personal' },
	'/desk/topics/[topic]/setup/promises': { kind: 'personal' },
	'/desk/topics/[topic]/setup/publish': { kind: 'personal' },
	'/desk/topics/[topic]/setup/questions': { kind: 'personal' },
	'/desk/topics/[topic]/setup/stages': { kind: 'personal' },
	'/desk/topics/[topic]/setup/stages/[stage]': { kind: 'personal' },
	'/desk/topics/[topic]/sheets': { kind: 'personal' },
	'/desk/topics/[topic]/sheets/[sheet]': { kind: 'personal', script: ['sheets'] },
	'/desk/topics/[topic]/sheets/[sheet]/remarks': { kind: 'personal' },
	'/desk/topics/[topic]/texts': { kind: 'personal' },
	'/desk/topics/[topic]/texts/[text]': { kind: 'personal', script: ['channels', 'receipts.erase-means', 'texts'] },
	'/desk/topics/[topic]/texts/[text]/files/[part]': { kind: 'personal' },
	'/desk/topics/[topic]/texts/[text]/version': { kind: 'personal' },
	'/desk/topics/[topic]/texts/found': { kind: 'personal' },
	'/desk/topics/[topic]/texts/import': { kind: 'personal' },
	'/desk/topics/[topic]/texts/import/[import]': { kind: 'personal', script: ['texts'] },
	'/desk/topics/[topic]/texts/meanings': { kind: 'personal' },
	'/desk/topics/[topic]/webhooks': { kind: 'personal' },
	'/desk/topics/new': { kind: 'personal' },
	'/first-run': { kind: 'personal' },
	'/invitations/[invitation]': { kind: 'personal' },
	'/logo/[version]': { kind: 'stream' },
	'/mail/[token]': { kind: 'personal' },
	'/mine': { kind: 'personal' },
	'/mine/data': { kind: 'personal' },
	'/mine/data.json': { kind: 'personal' },
	'/organisations/[organisation]': { kind: 'public' },
	'/paper': { kind: 'personal' },
	'/paper/[code]': { kind: 'personal' },
	'/proof': { kind: 'personal' },
	'/receipts/[receipt]': { kind: 'personal' },
	'/refused/[code]': { kind: 'personal' },
	'/sign-in': { kind: 'personal', script: ['sign-in'] },
	'/sign-in/api/[...path]': { kind: 'personal' },
	'/sign-in/code': { kind: 'personal' },
	'/sign-in/demo': { kind: 'personal' },
	'/sign-in/done': { kind: 'personal' },
	'/sign-in/provider': { kind: 'personal' },
	'/sign-in/second-factor': { kind: 'personal', script: ['account', 'sign-in'] },
	'/style': { kind: 'personal' },
	'/robots.txt': { kind: 'public' },
	'/sitemap.xml': { kind: 'public' },
	'/sitemaps/[part].xml': { kind: 'public' },
	'/topics/[topic]/calendar.ics': { kind: 'public' },
	'/topics/[topic]/feed.atom': { kind: 'public' },
	'/topics/[topic]/feed.json': { kind: 'public' },
	'/terms': { kind: 'public' },
	'/topics/[topic]': { kind: 'public' },
	'/topics/[topic]/about-me': { kind: 'personal' },
	'/topics/[topic]/comments/[comment]': { kind: 'public' },
	'/topics/[topic]/export': { kind: 'public' },
	'/topics/[topic]/export/[file]': { kind: 'stream' },
	'/topics/[topic]/export/nights/[archive]': { kind: 'stream' },
	'/topics/[topic]/ideas': { kind: 'public' },
	'/topics/[topic]/ideas/[idea]': { kind: 'public' },
	'/topics/[topic]/ideas/[idea]/comment': { kind: 'personal' },
	'/topics/[topic]/ideas/[idea]/flag': { kind: 'personal' },
	'/topics/[topic]/ideas/[idea]/wording': { kind: 'personal' },
	'/topics/[topic]/ideas/new': {
		kind: 'personal',
		script: [
			'ideas.attribution',
			'ideas.attribution-hint',
			'ideas.change-profile',
			'ideas.closed',
			'ideas.explanation',
			'ideas.explanation-hint',
			'ideas.licence',
			'ideas.name',
			'ideas.name-hint',
			'ideas.new-lede',
			'ideas.new-title',
			'ideas.no-question',
			'ideas.point',
			'ideas.point-hint',
			'ideas.preview',
			'ideas.preview-next',
			'ideas.preview-title',
			'ideas.question',
			'ideas.say-who',
			'ideas.send',
			'ideas.sources',
			'ideas.sources-hint',
			'ideas.stands-anonymous',
			'ideas.stands-as',
			'ideas.stands-named',
			'ideas.successor-of',
			'ideas.title',
			'ideas.written-in',
			'ideas.your-name',
			'channels',
			'groups.not-stated',
			'topics.opens'
		]
	},
	'/topics/[topic]/library/[document]': { kind: 'stream' },
	'/topics/[topic]/me': { kind: 'personal' },
	'/topics/[topic]/moderation': { kind: 'public' },
	'/topics/[topic]/notices': { kind: 'public' },
	'/topics/[topic]/opinions': {
		kind: 'personal',
		script: [
			'opinions',
			'channels',
			'topics.opens',
			'ideas.blind',
			'ideas.closed',
			'ideas.comments-count',
			'ideas.none',
			'ideas.none-advice',
			'ideas.number',
			'ideas.title'
		]
	},
	'/topics/[topic]/reports/[report]': { kind: 'public' },
	'/topics/[topic]/reports/[report]/figures.json': { kind: 'stream' },
	'/topics/[topic]/rules': { kind: 'public' },
	'/topics/[topic]/submissions': { kind: 'public' },
	'/topics/[topic]/submissions/[submission]': { kind: 'public' },
	'/topics/[topic]/submissions/[submission]/files/[part]': { kind: 'stream' },
	'/topics/[topic]/submissions/[submission]/flag': { kind: 'personal' },
	'/topics/[topic]/submissions/new': { kind: 'personal' },
	'/unsubscribe/[token]': { kind: 'personal' }
};

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
