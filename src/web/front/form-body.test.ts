import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formIn, largestBodyOf, mayBeLarge, requestWithin, smallBody } from './form-body.server.ts';

const page = 'https://talks.example/topics/internet/ideas/new';
const post = (body: BodyInit, headers: Record<string, string> = {}) =>
	new Request(page, { method: 'POST', body, headers, ...({ duplex: 'half' } as object) });

test('a form is read whole, files and repeated fields included', async () => {
	const sent = new FormData();
	sent.append('group', 'academia');
	sent.append('group', 'civil-society');
	sent.append('file', new File(['Our view'], 'view.txt'));
	const { form: read } = await formIn(post(sent), smallBody);
	assert.deepEqual(read.getAll('group'), ['academia', 'civil-society']);
	assert.equal(await (read.get('file') as File).text(), 'Our view');
	const { form } = await formIn(post(new URLSearchParams({ point: 'Écouter' })), smallBody);
	assert.equal(form.get('point'), 'Écouter');
});

test('a form beyond the limit is not kept, whether or not it says how large it is', async () => {
	const read = await formIn(post(new URLSearchParams({ point: 'x'.repeat(smallBody) })), smallBody);
	assert.deepEqual([read.isTooLarge, [...read.form]], [true, []]);
	let made = 0;
	const endless = new ReadableStream({
		pull(controller) {
			if (++made > 100) controller.close();
			else controller.enqueue(new Uint8Array(smallBody / 10));
		}
	});
	assert.equal(
		(await formIn(post(endless, { 'content-type': 'application/x-www-form-urlencoded' }), smallBody)).isTooLarge,
		true
	);
	// all of it was let pass, so that the browser comes to read the answer
	assert.equal(made, 101);
});

test('of a form whose file is far too large the texts are kept, those before it and those after, whatever pieces it comes in', async () => {
	const sent = new FormData();
	sent.append('title', 'Notre position, écrite avec soin');
	sent.append('text', 'Line one\r\n\r\n--not a delimiter\r\nfilename="no file"');
	sent.append('file', new File(['\r\n--x\r\n'.repeat(200_000)], 'view; "all".txt'));
	sent.append('groups', 'academia');
	sent.append('groups', 'civil-society');
	const whole = post(sent);
	const bytes = new Uint8Array(await whole.arrayBuffer());
	for (const length of [7, 64, 65_536, bytes.length]) {
		let at = 0;
		const pieces = new ReadableStream({
			pull(controller) {
				if (at >= bytes.length) return controller.close();
				controller.enqueue(bytes.slice(at, (at += length)));
			}
		});
		const headers = { 'content-type': whole.headers.get('content-type')! };
		const { form, isTooLarge } = await formIn(post(pieces, headers), length === 7 ? 1000 : smallBody);
		const texts = [...form].map(([name, value]) => [name, typeof value === 'string' ? value : value.size]);
		assert.deepEqual(
			[isTooLarge, texts],
			[
				true,
				[
					['title', 'Notre position, écrite avec soin'],
					['text', 'Line one\r\n\r\n--not a delimiter\r\nfilename="no file"'],
					['file', 0],
					['groups', 'academia'],
					['groups', 'civil-society']
				]
			]
		);
	}
});

test('texts that are too long themselves are not kept, nor is a head without an end', async () => {
	const sent = new FormData();
	sent.append('text', 'x'.repeat(smallBody));
	const long = await formIn(post(sent), smallBody);
	assert.deepEqual([long.isTooLarge, [...long.form]], [true, []]);
	const headers = { 'content-type': 'multipart/form-data; boundary=x' };
	const endless = await formIn(post(`--x\r\n${'a: b\r\n'.repeat(200_000)}`, headers), smallBody);
	assert.deepEqual([endless.isTooLarge, [...endless.form]], [true, []]);
});

test('what is no form is refused by name: parts without a boundary, parts that break off, plain text', async () => {
	for (const type of ['multipart/form-data', 'multipart/form-data; boundary=x', 'text/plain'])
		await assert.rejects(formIn(post('--x\r\nContent-Disposition: form-data; name="a', { 'content-type': type }), smallBody), {
			code: 'unreadable'
		});
});

test('only pages that take files take as much as a file, and only staff writes long texts in six languages', () => {
	assert.equal(largestBodyOf('/topics/[topic]/ideas/new'), 512 * 1024);
	assert.equal(largestBodyOf(null), 512 * 1024);
	assert.equal(largestBodyOf('/topics/[topic]/submissions/new'), 32 * 1024 * 1024);
	assert.equal(largestBodyOf('/desk/topics/[topic]/setup'), 4 * 1024 * 1024);
});

test('a body may be large where it says so, or does not say', () => {
	assert.equal(mayBeLarge(post('a=b', { 'content-length': '3' })), false);
	assert.equal(mayBeLarge(post('a=b', { 'content-length': String(smallBody + 1) })), true);
	assert.equal(mayBeLarge(new Request(page, { method: 'POST' })), false);
});

test('a request for the sign-in library keeps its body within the limit', async () => {
	const json = { 'content-type': 'application/json' };
	assert.deepEqual(await (await requestWithin(post('{"a":1}', json), smallBody)).json(), { a: 1 });
	await assert.rejects(requestWithin(post('x'.repeat(smallBody + 1), json), smallBody), { code: 'too-large' });
	assert.equal((await requestWithin(new Request(page), smallBody)).body, null);
});
