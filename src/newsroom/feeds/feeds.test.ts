import fc from 'fast-check';
import { parseDocument } from 'htmlparser2';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '#database/test-database.server.ts';
import { aModerator, anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { decideOn } from '#ideas/moderating/moderating.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { calendar } from '#events/calendar.ts';
import { atom, jsonFeed, xml, type Feed } from '#newsroom/feeds/feed.ts';
import { feedItemsOf, type FeedWishes } from '#newsroom/feeds/gathering.server.ts';
import { mostInAFile, pagesOfSitemap, partNamed, partsOfSitemap } from '#newsroom/feeds/sitemap.server.ts';
import { sitemap, sitemapIndex } from '#newsroom/feeds/sitemap.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const all = { questionId: null, search: null };

const feed: Feed = {
	id: 'urn:uuid:1',
	title: 'A talk',
	language: 'en',
	page: 'https://talks.example.org/topics/a',
	address: 'https://talks.example.org/topics/a/feed.atom',
	author: 'The Union',
	licence: 'CC-BY-4.0',
	updated: new Date('2026-03-01T10:00:00Z'),
	items: [
		{
			id: 'urn:uuid:2',
			kind: 'idea',
			title: 'قياس المرونة',
			text: '',
			language: 'ar',
			address: 'https://talks.example.org/topics/a/ideas/2',
			author: null,
			published: new Date('2026-03-01T09:00:00Z'),
			updated: new Date('2026-03-01T10:00:00Z')
		}
	]
};

test('an Atom feed names itself, its page, and each entry with language, moments and an id that stays', () => {
	assert.equal(
		atom(feed),
		`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
	<id>urn:uuid:1</id>
	<title>A talk</title>
	<updated>2026-03-01T10:00:00.000Z</updated>
	<link rel="self" type="application/atom+xml" href="https://talks.example.org/topics/a/feed.atom"/>
	<link rel="alternate" type="text/html" href="https://talks.example.org/topics/a"/>
	<author><name>The Union</name></author>
	<rights>CC-BY-4.0</rights>
	<entry xml:lang="ar">
		<id>urn:uuid:2</id>
		<title>قياس المرونة</title>
		<link rel="alternate" type="text/html" href="https://talks.example.org/topics/a/ideas/2"/>
		<published>2026-03-01T09:00:00.000Z</published>
		<updated>2026-03-01T10:00:00.000Z</updated>
		<category term="idea"/>
	</entry>
</feed>
`
	);
});

test('whatever people write, a feed stays what it is and holds their words', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), (title) => {
			const item = { ...feed.items[0]!, title };
			const whole = atom({ ...feed, items: [item] });
			const tree = parseDocument(whole, { xmlMode: true });
			const entries = whole.match(/<entry[ >]/g);
			assert.equal(entries?.length, 1);
			assert.equal(tree.children.filter((node) => 'name' in node && node.name === 'feed').length, 1);
			const told = JSON.parse(jsonFeed({ ...feed, items: [item] })) as { items: { title: string }[] };
			assert.equal(told.items[0]!.title, title);
		})
	);
	assert.equal(
		xml('<script>alert("1")</script>&\u0000\u000b\ud800'),
		'&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;\ufffd'
	);
});

test('a feed holds what can be seen: of a topic, of one question, of a search; not what was hidden', async () => {
	const { topicId, questionId } = await anOpenTopic(database);
	const send = async (point: string, question: string | null = null) =>
		(await submitIdea(database, keys, anIdeaDraft(topicId, { point, questionId: question }), aVisitor('author'))).number;
	const first = await send('Measure resilience every year', questionId);
	const second = await send('Build exchange points');
	const secret = await send('A secret about resilience');
	const { rows } = await database.query<{ id: string }>(
		'select idea_id as id from ideas where topic_id = $1 and idea_number = $2',
		[topicId, secret]
	);
	const thing = { topicId, kind: 'idea', thingId: rows[0]!.id } as const;
	await decideOn(database, thing, { decision: 'hidden', reason: 'spam', words: '' }, aModerator(topicId));
	const paths = async (wishes: Partial<FeedWishes>) =>
		(await feedItemsOf(database, topicId, { ...all, ...wishes })).map(({ path }) => path);
	assert.deepEqual(await paths({}), [`/ideas/${second}`, `/ideas/${first}`]);
	assert.deepEqual(await paths({ questionId }), [`/ideas/${first}`]);
	assert.deepEqual(await paths({ search: 'resilience' }), [`/ideas/${first}`]);
	assert.deepEqual(await paths({ search: 'xylophone' }), []);
	const [item] = await feedItemsOf(database, topicId, all);
	assert.match(item!.id, /^urn:uuid:[0-9a-f-]{36}$/);
});

test('a calendar folds at 75 octets within no character, escapes, and tells moments in UTC', () => {
	const text = calendar({
		title: 'A, b; c\\d',
		stamp: new Date('2026-01-01T00:00:00Z'),
		entries: [
			{
				id: 'stage-1',
				title: 'الاستماع إلى الجميع '.repeat(8).trim(),
				text: 'One\r\nTwo\nTHREE:\u0007',
				address: 'https://talks.example.org/topics/a',
				sequence: 2,
				when: { from: new Date('2026-03-01T09:00:00+02:00'), to: new Date('2026-03-31T22:00:00Z') }
			},
			{ id: 'due-1', title: 'Report', text: '', address: 'https://x.example', sequence: 0, when: { day: '2026-06-30' } }
		]
	});
	const lines = text.split('\r\n');
	assert.equal(lines.pop(), '');
	assert.ok(lines.every((line) => Buffer.byteLength(line) <= 75 && !/[\n\r]/.test(line)));
	assert.ok(lines.every((line) => line === line.toWellFormed()));
	const unfolded = text.replaceAll('\r\n ', '').split('\r\n');
	for (const line of [
		'X-WR-CALNAME:A\\, b\\; c\\\\d',
		'DTSTART:20260301T070000Z',
		'DTEND:20260331T220000Z',
		'SEQUENCE:2',
		`SUMMARY:${'الاستماع إلى الجميع '.repeat(8).trim()}`,
		'DESCRIPTION:One\\nTwo\\nTHREE:',
		'DTSTART;VALUE=DATE:20260630'
	])
		assert.ok(unfolded.includes(line), line);
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), (title) => {
			const one = calendar({ title, stamp: new Date(0), entries: [] });
			assert.equal(one.replaceAll('\r\n ', '').split('\r\n').length, 7);
		})
	);
});

test('a sitemap names each page in each language, and when its words last changed', () => {
	const changed = new Date('2026-03-01T10:00:00Z');
	const one = [...sitemap('https://talks.example.org', [{ path: '/topics/a', changed }])].join('');
	assert.equal(one.match(/<url>/g)?.length, 6);
	assert.equal(one.match(/<lastmod>2026-03-01T10:00:00\.000Z<\/lastmod>/g)?.length, 6);
	assert.equal(one.match(/hreflang="ar" href="https:\/\/talks\.example\.org\/ar\/topics\/a"/g)?.length, 6);
	assert.equal(one.match(/hreflang="x-default"/g)?.length, 6);
	assert.ok(![...sitemap('https://talks.example.org', [{ path: '/', changed: null }])].join('').includes('lastmod'));
});

test('what one file cannot hold is an index of parts, which together list every page once and nothing hidden', async () => {
	const most = 20;
	const { topicId, slug } = await anOpenTopic(database);
	await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('author'));
	assert.deepEqual(await partsOfSitemap(database), []);
	const few = await pagesOfSitemap(database, null);
	for (const path of ['/', `/topics/${slug}`, `/topics/${slug}/ideas/1`])
		assert.ok(
			few.some((page) => page.path === path),
			path
		);

	// just over what two files hold, of ideas and of submissions
	await database.query(
		`insert into ideas (topic_id, idea_number, idea_id, channel, language, attribution, shuffle, published_at)
		select $1, number, gen_random_uuid(), 'web', 'en', 'anonymous', 0, '2026-03-01T10:00:00Z' from generate_series(2, $2::int) as number`,
		[topicId, 2 * most + 1]
	);
	await database.query(
		`with sent as (
			insert into contributions (topic_id, contribution_id, kind, channel, attribution, language, received_at, licence, notice_version)
			select $1, gen_random_uuid(), 'submission', 'import', 'group', 'en', now(), 'CC-BY-4.0', 'none' from generate_series(1, $2::int)
			returning contribution_id
		), numbered as (
			insert into submissions (topic_id, contribution_id, submission_number, title)
			select $1, contribution_id, row_number() over (), 'Title' from sent
		)
		insert into contribution_versions (topic_id, contribution_id, version, text, language, written_at, nonce, commitment)
		select $1, contribution_id, 1, 'Text', 'en', '2026-03-02T10:00:00Z', decode(md5('x'), 'hex'), sha256('x') from sent`,
		[topicId, 2 * most + 1]
	);
	await database.query(
		`insert into concealments (topic_id, kind, thing_id, why, since)
		select topic_id, 'submission', contribution_id, 'hidden', now() from submissions where topic_id = $1 and submission_number = 2`,
		[topicId]
	);
	const parts = await partsOfSitemap(database, { most });
	const names = parts.map(({ name }) => name);
	const listed: string[] = [];
	for (const name of names) {
		const pages = await pagesOfSitemap(database, partNamed(name), { most });
		assert.ok(pages.length > 0 && pages.length <= most, name);
		listed.push(...pages.map(({ path }) => path));
	}
	const all = (await pagesOfSitemap(database, null)).map(({ path }) => path);
	assert.deepEqual(listed.toSorted(), all.toSorted());
	assert.equal(new Set(listed).size, listed.length);
	assert.equal(listed.filter((path) => path.startsWith(`/topics/${slug}/ideas/`)).length, 2 * most + 1);
	assert.ok(!listed.includes(`/topics/${slug}/submissions/2`));
	assert.ok(listed.includes(`/topics/${slug}/submissions/${2 * most + 1}`));
	const [third] = await pagesOfSitemap(database, partNamed(`submissions.${slug}.3`), { most });
	assert.deepEqual(third, { path: `/topics/${slug}/submissions/41`, changed: new Date('2026-03-02T10:00:00Z') });
	assert.match(
		sitemapIndex('https://talks.example.org', parts),
		new RegExp(`/sitemaps/ideas\\.${slug}\\.3\\.xml</loc>\n\t\t<lastmod>2026-03-01T10:00:00\\.000Z</lastmod>`)
	);
	for (const name of ['../x', 'pages', 'ideas.1', 'pages.0', `ideas.${slug}.0`]) assert.equal(partNamed(name), null);
});

test('a file of the sitemap is within the 50,000 addresses and 50 MB of the format, however long the addresses of talks are', () => {
	const path = `/topics/${'a'.repeat(80)}/submissions/1000000000`;
	const pages = Array.from({ length: mostInAFile }, () => ({ path, changed: new Date() }));
	let [addresses, bytes] = [0, 0];
	for (const piece of sitemap(`https://${'o'.repeat(120)}.example.org`, pages)) {
		addresses += piece.match(/<url>/g)?.length ?? 0;
		bytes += Buffer.byteLength(piece);
	}
	assert.ok(
		addresses === 6 * mostInAFile && addresses <= 50_000 && bytes <= 50_000_000,
		`${addresses} addresses, ${bytes} bytes`
	);
});
