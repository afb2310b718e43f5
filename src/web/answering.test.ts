import assert from 'node:assert/strict';
import { test } from 'node:test';
import { speakerOf } from '#languages/catalogue.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { answering } from '#web/answering.server.ts';
import { Limits, rates } from '#web/front/limits.server.ts';

const page = 'https://talks.example/topics/internet/submissions/new';

function aBrowser(route = '/topics/[topic]/submissions/new') {
	const limits = new Limits();
	const context = { limits, now: () => 0 };
	const locals: App.Locals = {
		actor: { kind: 'visitor', visitorId: null },
		language: 'en',
		say: speakerOf('en'),
		topicId: undefined
	};
	const post = (body: FormData | URLSearchParams | ReadableStream, headers: Record<string, string> = {}) => ({
		// a stream needs it, which the types of the browser do not know
		request: new Request(page, { method: 'POST', body, headers, ...{ duplex: 'half' } }),
		route: { id: route },
		locals,
		platform: { req: { openTalks: { context, address: '192.0.2.1' } } },
		setHeaders: () => {}
	});
	const left = (limited: 'uploading' | 'writing') => {
		let tokens = 0;
		while (limits.take(limited, '192.0.2.1', 0) === 0) tokens++;
		return rates[limited].burst - tokens;
	};
	return { post, left, limits };
}

const send = answering((_event, typed) => Promise.resolve({ title: typed.get('title') }), 'writing');

function aForm(file: string | null): FormData {
	const form = new FormData();
	form.append('title', 'Our view');
	form.append('file', new File(file === null ? [] : [file], file === null ? '' : 'view.txt'));
	return form;
}

test('a form with a file counts as an upload besides, one where none was chosen does not', async () => {
	const { post, left } = aBrowser();
	assert.deepEqual(await send(post(aForm(null))), { title: 'Our view' });
	assert.deepEqual(await send(post(aForm('Listen first'))), { title: 'Our view' });
	// once, also where its size told before it was read
	assert.deepEqual(await send(post(aForm('x'.repeat(600_000)), { 'content-length': '600300' })), { title: 'Our view' });
	assert.deepEqual([left('uploading'), left('writing')], [2, 3]);
});

test('whoever must wait gets back what they typed, of a large form all but its file', async () => {
	const { post, left } = aBrowser();
	left('writing');
	const small = await send(post(new URLSearchParams({ title: 'Typed with care' })));
	assert.deepEqual(
		['status' in small && small.status, 'data' in small && small.data.refused?.code, 'data' in small && small.data.typed],
		[429, 'too-many-requests', { title: 'Typed with care' }]
	);
	const large = await send(post(aForm('x'.repeat(600_000)), { 'content-length': '600300' }));
	assert.deepEqual(['status' in large && large.status, 'data' in large && large.data.typed], [429, { title: 'Our view' }]);
});

test('a form that is too large or none at all is refused by name', async () => {
	const { post } = aBrowser('/topics/[topic]/ideas/new');
	const large = await send(post(aForm('x'.repeat(600_000))));
	const sentence = 'What you sent is too large.';
	assert.deepEqual(
		['status' in large && large.status, 'data' in large && large.data],
		[413, { refused: null, errors: { file: sentence }, typed: { title: 'Our view' } }]
	);
	const long = await send(post(new URLSearchParams({ title: 'x'.repeat(600_000) })));
	assert.deepEqual(['status' in long && long.status, 'data' in long && long.data.refused?.code], [413, 'too-large']);
	const broken = await send(post(new URLSearchParams(), { 'content-type': 'multipart/form-data' }));
	assert.deepEqual(['status' in broken && broken.status, 'data' in broken && broken.data.refused?.code], [400, 'unreadable']);
});

test('a file that is refused is wrong at its field', async () => {
	const { post } = aBrowser();
	const kind = answering(() => Promise.reject(refusal('file-kind-unknown')));
	const answer = await kind(post(aForm('...')));
	assert.deepEqual(
		['status' in answer && answer.status, 'data' in answer && [answer.data.refused, Object.keys(answer.data.errors)]],
		[415, [null, ['file']]]
	);
	// a form without a file: nothing to point at
	const other = await kind(post(new URLSearchParams({ title: 'Our view' })));
	assert.equal('data' in other && other.data.refused?.code, 'file-kind-unknown');
});
