import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTransaction } from '#database/connection.server.ts';
import { makeAccount } from '#people/accounts.server.ts';
import { keyFor } from '#database/secret.server.ts';
import { signedLinks } from '#people/sign-in/signed-links.server.ts';
import { secretOfTests } from './product.ts';
import { addressesInTheExampleWorld, builtRoutes } from './routes.ts';
import { signedInAs, theExampleWorld } from './world.ts';

/**
 * Who may open what, written down a second time and by hand: the policy of the product is held against this table, by a request for
 * every route × role × method. A route that is built and does not stand here fails.
 */
const roles = [
	'visitor',
	'participant',
	'moderator elsewhere',
	'moderator',
	'rapporteur',
	'secretariat',
	'administrator'
] as const;
type Role = (typeof roles)[number];

const everyone = roles;
const withAccount = roles.slice(1);
const staffOfAnyTopic = roles.slice(2);
const staffOfTheTopic: readonly Role[] = ['moderator', 'rapporteur', 'secretariat', 'administrator'];
const moderators: readonly Role[] = ['moderator', 'secretariat', 'administrator'];
const rapporteurs: readonly Role[] = ['rapporteur', 'secretariat', 'administrator'];
const administratorOnly: readonly Role[] = ['administrator'];
const secretariat: readonly Role[] = ['secretariat', 'administrator'];

const allowed: Readonly<Record<string, readonly Role[]>> = {
	'/': everyone,
	'/accent/[colour].css': everyone,
	'/accessibility': everyone,
	'/account': withAccount,
	'/account/app': withAccount,
	'/account/passkey': withAccount,
	'/account/tokens': withAccount,
	'/api': everyone,
	'/contact': everyone,
	'/countries/[country]': everyone,
	'/data': everyone,
	'/desk': staffOfAnyTopic,
	'/desk/activity': secretariat,
	'/desk/activity.csv': secretariat,
	'/desk/institution': secretariat,
	'/desk/institution/webhooks': secretariat,
	'/desk/jobs': secretariat,
	'/desk/mail': secretariat,
	'/desk/mail/[mail]': administratorOnly,
	'/desk/organisations': secretariat,
	'/desk/organisations/[organisation]': secretariat,
	'/desk/organisations/sheets': secretariat,
	'/desk/organisations/sheets/[sheet]': secretariat,
	'/desk/organisations/sheets/[sheet]/remarks': secretariat,
	'/desk/people': secretariat,
	'/desk/staff': secretariat,
	'/desk/topics/[topic]': staffOfTheTopic,
	'/desk/topics/[topic]/activity': staffOfTheTopic,
	'/desk/topics/[topic]/activity.csv': staffOfTheTopic,
	'/desk/topics/[topic]/agreement': secretariat,
	'/desk/topics/[topic]/agreement/groups': secretariat,
	'/desk/topics/[topic]/audit': secretariat,
	'/desk/topics/[topic]/audit/[request]': secretariat,
	'/desk/topics/[topic]/events': staffOfTheTopic,
	'/desk/topics/[topic]/events/[event]': staffOfTheTopic,
	'/desk/topics/[topic]/events/[event]/captions': staffOfTheTopic,
	'/desk/topics/[topic]/events/[event]/minutes': rapporteurs,
	'/desk/topics/[topic]/events/[event]/cafe': staffOfTheTopic,
	'/desk/topics/[topic]/events/[event]/cafe/print': staffOfTheTopic,
	'/desk/topics/[topic]/events/[event]/cafe/room': staffOfTheTopic,
	'/desk/topics/[topic]/events/[event]/cafe/seating': staffOfTheTopic,
	'/desk/topics/[topic]/events/[event]/cafe/seating/[seating]': staffOfTheTopic,
	'/desk/topics/[topic]/events/[event]/badges': secretariat,
	'/desk/topics/[topic]/events/[event]/hubs': secretariat,
	'/desk/topics/[topic]/events/[event]/people': secretariat,
	'/desk/topics/[topic]/events/[event]/harvest': rapporteurs,
	'/desk/topics/[topic]/events/[event]/photos': staffOfTheTopic,
	'/desk/topics/[topic]/events/[event]/photos/[photo]': staffOfTheTopic,
	'/desk/topics/[topic]/events/[event]/photos/[photo]/picture': staffOfTheTopic,
	'/desk/topics/[topic]/events/[event]/plan': secretariat,
	'/desk/topics/[topic]/events/[event]/polls': staffOfTheTopic,
	'/desk/topics/[topic]/events/[event]/questions': staffOfTheTopic,
	'/desk/topics/[topic]/events/[event]/agenda': moderators,
	'/desk/topics/[topic]/events/[event]/floor': moderators,
	'/desk/topics/[topic]/events/[event]/floor/acts': moderators,
	'/desk/topics/[topic]/events/[event]/record': rapporteurs,
	'/desk/topics/[topic]/events/[event]/remote': moderators,
	'/desk/topics/[topic]/events/new': secretariat,
	'/desk/topics/[topic]/invitations': secretariat,
	'/desk/topics/[topic]/mail-in': rapporteurs,
	'/desk/topics/[topic]/mail-in/[mail]/original': rapporteurs,
	'/desk/topics/[topic]/moderation': moderators,
	'/desk/topics/[topic]/moderation/rules': moderators,
	'/desk/topics/[topic]/notices': secretariat,
	'/desk/topics/[topic]/notices/[notice]': secretariat,
	'/desk/topics/[topic]/notices/new': secretariat,
	'/desk/topics/[topic]/paper': staffOfTheTopic,
	'/desk/topics/[topic]/paper/forms/[form]': staffOfTheTopic,
	'/desk/topics/[topic]/paper/runs/[run]': staffOfTheTopic,
	'/desk/topics/[topic]/paper/scans/[scan]': staffOfTheTopic,
	'/desk/topics/[topic]/people': staffOfTheTopic,
	'/desk/topics/[topic]/preview': staffOfTheTopic,
	'/desk/topics/[topic]/report': rapporteurs,
	'/desk/topics/[topic]/report/[report]': rapporteurs,
	'/desk/topics/[topic]/report/[report]/passages': rapporteurs,
	'/desk/topics/[topic]/same-points': rapporteurs,
	'/desk/topics/[topic]/setup': secretariat,
	'/desk/topics/[topic]/setup/promises': secretariat,
	'/desk/topics/[topic]/setup/publish': secretariat,
	'/desk/topics/[topic]/setup/questions': secretariat,
	'/desk/topics/[topic]/setup/stages': secretariat,
	'/desk/topics/[topic]/setup/stages/[stage]': secretariat,
	'/desk/topics/[topic]/sheets': rapporteurs,
	'/desk/topics/[topic]/sheets/[sheet]': rapporteurs,
	'/desk/topics/[topic]/sheets/[sheet]/remarks': rapporteurs,
	'/desk/topics/[topic]/texts': rapporteurs,
	'/desk/topics/[topic]/texts/[text]': rapporteurs,
	'/desk/topics/[topic]/texts/[text]/files/[part]': rapporteurs,
	'/desk/topics/[topic]/texts/[text]/version': rapporteurs,
	'/desk/topics/[topic]/texts/found': rapporteurs,
	'/desk/topics/[topic]/texts/import': rapporteurs,
	'/desk/topics/[topic]/texts/import/[import]': rapporteurs,
	'/desk/topics/[topic]/texts/meanings': rapporteurs,
	'/desk/topics/[topic]/themes': rapporteurs,
	'/desk/topics/[topic]/webhooks': secretariat,
	'/desk/topics/new': secretariat,
	'/first-run': everyone,
	'/invitations/[invitation]': everyone,
	'/join': everyone,
	'/join/[code]': everyone,
	'/logo/[version]': everyone,
	'/mail/[token]': everyone,
	'/mine': everyone,
	'/mine/data': everyone,
	'/mine/data.json': everyone,
	'/hub': everyone,
	'/hub/[secret]': everyone,
	'/notebook': everyone,
	'/notebook/cards': everyone,
	'/notebook/feedback': everyone,
	'/notebook/known': everyone,
	'/notebook/offline': everyone,
	'/notebook/photos/[photo]': everyone,
	'/notebook/second': everyone,
	'/table/[secret]': everyone,
	'/organisations/[organisation]': everyone,
	'/paper': everyone,
	'/paper/[code]': everyone,
	'/proof': everyone,
	'/receipts/[receipt]': everyone,
	'/refused/[code]': everyone,
	'/sign-in': everyone,
	'/sign-in/api/[...path]': everyone,
	'/sign-in/code': everyone,
	'/sign-in/demo': everyone,
	'/sign-in/done': everyone,
	'/sign-in/provider': everyone,
	'/sign-in/second-factor': everyone,
	'/style': everyone,
	'/robots.txt': everyone,
	'/sitemap.xml': everyone,
	'/sitemaps/[part].xml': everyone,
	'/topics/[topic]/agreement': everyone,
	'/topics/[topic]/calendar.ics': everyone,
	'/topics/[topic]/events': everyone,
	'/topics/[topic]/events/[event]': everyone,
	'/topics/[topic]/events/[event]/check-in': everyone,
	'/topics/[topic]/events/[event]/check-in/notes': everyone,
	'/topics/[topic]/events/[event]/check-in/offline': everyone,
	'/topics/[topic]/events/[event]/event.ics': everyone,
	'/topics/[topic]/events/[event]/captions': everyone,
	'/topics/[topic]/events/[event]/flag': everyone,
	'/topics/[topic]/events/[event]/here': everyone,
	'/topics/[topic]/events/[event]/minutes': everyone,
	'/topics/[topic]/events/[event]/minutes/suggest': everyone,
	'/topics/[topic]/events/[event]/now.json': everyone,
	'/topics/[topic]/events/[event]/screen': everyone,
	'/topics/[topic]/events/[event]/register': everyone,
	'/topics/[topic]/events/[event]/registration': everyone,
	'/topics/[topic]/events/[event]/seat': everyone,
	'/topics/[topic]/events/[event]/floor': everyone,
	'/topics/[topic]/events/[event]/phone': everyone,
	'/topics/[topic]/events/[event]/time': everyone,
	'/topics/[topic]/events/[event]/wall': everyone,
	'/topics/[topic]/events/[event]/wall.json': everyone,
	'/topics/[topic]/feed.atom': everyone,
	'/topics/[topic]/feed.json': everyone,
	'/terms': everyone,
	'/topics/[topic]': everyone,
	'/topics/[topic]/about-me': everyone,
	'/topics/[topic]/comments/[comment]': everyone,
	'/topics/[topic]/export': everyone,
	'/topics/[topic]/export/[file]': everyone,
	'/topics/[topic]/export/nights/[archive]': everyone,
	'/topics/[topic]/ideas': everyone,
	'/topics/[topic]/ideas/[idea]': everyone,
	'/topics/[topic]/ideas/[idea]/comment': everyone,
	'/topics/[topic]/ideas/[idea]/flag': everyone,
	'/topics/[topic]/ideas/[idea]/wording': everyone,
	'/topics/[topic]/ideas/new': everyone,
	'/topics/[topic]/ideas/new/similar': everyone,
	'/topics/[topic]/library/[document]': everyone,
	'/topics/[topic]/live': everyone,
	'/topics/[topic]/me': everyone,
	'/topics/[topic]/moderation': everyone,
	'/topics/[topic]/notices': everyone,
	'/topics/[topic]/agreement/map': everyone,
	'/topics/[topic]/opinions': everyone,
	'/topics/[topic]/opinions/me': everyone,
	'/topics/[topic]/reports/[report]': everyone,
	'/topics/[topic]/reports/[report]/figures.json': everyone,
	'/topics/[topic]/rules': everyone,
	'/topics/[topic]/submissions': everyone,
	'/topics/[topic]/submissions/[submission]': everyone,
	'/topics/[topic]/submissions/[submission]/files/[part]': everyone,
	'/topics/[topic]/submissions/[submission]/flag': everyone,
	'/topics/[topic]/submissions/new': everyone,
	'/unsubscribe/[token]': everyone
};

const product = await theExampleWorld();
const cookies = await cookiesOfRoles();
const here = await addressesInTheExampleWorld(product, 'internet-public-policy');
const routes = await builtRoutes();

test('every route that is built stands in the table, and nothing else does', () => {
	assert.deepEqual(
		routes.filter((route) => !(route in allowed)),
		[],
		'routes missing in the table'
	);
	assert.deepEqual(
		Object.keys(allowed).filter((route) => !routes.includes(route)),
		[],
		'rows without a route'
	);
});

test('a route that nobody listed is noticed', () => {
	const planted = [...routes, '/desk/secret'];
	assert.deepEqual(
		planted.filter((route) => !(route in allowed)),
		['/desk/secret']
	);
});

for (const route of routes) {
	test(`${route} is opened to those who may, and to nobody else`, async () => {
		const seen: Record<string, string> = {};
		const right: Record<string, string> = {};
		for (const role of roles) {
			for (const method of ['GET', 'POST']) {
				seen[`${method} ${role}`] = await ask(method, here(route), role);
				right[`${method} ${role}`] = allowed[route]?.includes(role)
					? 'in'
					: method === 'GET' && role === 'visitor'
						? 'to sign in'
						: 'refused';
			}
		}
		assert.deepEqual(seen, right);
	});
}

/** 'in', 'refused' or 'to sign in': what the way to the page says, whatever the page itself answers then. */
async function ask(method: string, path: string, role: Role): Promise<string> {
	const answer = await fetch(`${product.address}${path}${method === 'POST' ? '?/unknown' : ''}`, {
		method,
		redirect: 'manual',
		headers: { cookie: cookies[role], origin: product.address, 'content-type': 'application/x-www-form-urlencoded' },
		...(method === 'POST' && { body: 'nothing=much' })
	});
	await answer.arrayBuffer();
	assert.notEqual(answer.status, 500, `${method} ${path} as ${role} was answered with ${answer.status}`);
	if (answer.status === 403) return 'refused';
	// the pages of sign-in send people on to each other
	if (path.startsWith('/sign-in')) return 'in';
	return /^\/sign-in\?then=/.test(answer.headers.get('location') ?? '') ? 'to sign in' : 'in';
}

async function cookiesOfRoles(): Promise<Record<Role, string>> {
	const { database } = product;
	const elsewhere = 'moderator.elsewhere@example.org';
	const participant = 'participant@example.org';
	await inTransaction(database, async (transaction) => {
		await makeAccount(transaction, { email: participant, name: 'Pat', language: 'en' });
		const { accountId } = await makeAccount(transaction, { email: elsewhere, name: 'Mo', language: 'en' });
		await transaction.query(
			`insert into roles (topic_id, role_id, account_id, role, granted_at)
			select topic_id, gen_random_uuid(), $1, 'moderator', $2
			from addresses where slug <> 'internet-public-policy' limit 1`,
			[accountId, transaction.at]
		);
	});
	return {
		visitor: '',
		participant: await signedIn(participant),
		'moderator elsewhere': await signedIn(elsewhere),
		moderator: await signedInAs(product, 'moderator'),
		rapporteur: await signedInAs(product, 'rapporteur'),
		secretariat: await signedInAs(product, 'secretariat'),
		administrator: await signedInAs(product, 'administrator')
	};
}

async function signedIn(email: string): Promise<string> {
	const token = signedLinks(keyFor(secretOfTests, 'signed-links')).token('demo', email, new Date(Date.now() + 600_000));
	const answer = await fetch(`${product.address}/sign-in/demo?token=${token}`, { redirect: 'manual' });
	return answer.headers
		.getSetCookie()
		.map((cookie) => cookie.split(';')[0])
		.join('; ');
}
