import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '#refusals/refusal.ts';
import { aReceiver, aStandIn } from '#webhooks/examples.ts';
import { isPublicAddress, webhookAddress } from '#webhooks/guarding.server.ts';
import { send } from '#webhooks/sending.server.ts';

const message = { headers: { 'content-type': 'application/json' }, body: '{}' };

/** This machine, its network and the metadata of clouds, in whatever spelling. */
const inside = [
	'https://127.0.0.1/',
	'https://127.1/',
	'https://127.0.1/',
	'https://127.255.255.254/',
	'https://2130706433/',
	'https://017700000001/',
	'https://0177.0.0.1/',
	'https://0177.0.0.01/',
	'https://0x7f000001/',
	'https://0x7f.1/',
	'https://0x7f.0x0.0x0.0x1/',
	'https://127.0.0.1./',
	'https://127.0.0.1:8443/',
	'https://①②⑦.⓪.⓪.①/',
	'https://127。0。0。1/',
	'https://%31%32%37.0.0.1/',
	'https://0/',
	'https://0.0.0.0/',
	'https://10.0.0.1/',
	'https://167772161/',
	'https://100.64.0.1/',
	'https://100.100.100.200/latest/meta-data/',
	'https://168.63.129.16/',
	'https://169.254.169.254/latest/meta-data/',
	'https://2852039166/',
	'https://0xa9fea9fe/',
	'https://0251.0376.0251.0376/',
	'https://169.254.169.254./',
	'https://172.16.0.1/',
	'https://172.31.255.255/',
	'https://192.0.0.192/',
	'https://192.0.2.1/',
	'https://192.168.1.1/',
	'https://0300.0250.1.1/',
	'https://198.18.0.1/',
	'https://203.0.113.7/',
	'https://224.0.0.1/',
	'https://255.255.255.255/',
	'https://[::]/',
	'https://[::1]/',
	'https://[0:0:0:0:0:0:0:1]/',
	'https://[::ffff:127.0.0.1]/',
	'https://[::ffff:7f00:1]/',
	'https://[::127.0.0.1]/',
	'https://[::ffff:a9fe:a9fe]/',
	'https://[::ffff:0:127.0.0.1]/',
	'https://[64:ff9b::127.0.0.1]/',
	'https://[64:ff9b::a9fe:a9fe]/',
	'https://[64:ff9b:1::7f00:1]/',
	'https://[2002:7f00:1::]/',
	'https://[2001::7f00:1]/',
	'https://[2001:db8::1]/',
	'https://[fc00::1]/',
	'https://[fd00:ec2::254]/',
	'https://[fe80::1]/',
	'https://[fec0::1]/',
	'https://[ff02::1]/',
	'https://localhost/',
	'https://LOCALHOST/',
	'https://localhost./',
	'https://a.localhost/',
	'https://printer/',
	'https://printer.local/',
	'https://metadata.google.internal/',
	'https://metadata.google.internal./',
	'https://files.lan/'
];

/** No address that anybody means. */
const unusable = [
	'http://hooks.example.org/',
	'ftp://hooks.example.org/',
	'file:///etc/passwd',
	'javascript:alert(1)',
	'hooks.example.org',
	'https://',
	'https://user@hooks.example.org/',
	'https://user:password@hooks.example.org/',
	'https://hooks.example.org@127.0.0.1/',
	'https://hooks.example.org\\@127.0.0.1/',
	'https://hooks.example.org/\n127.0.0.1',
	'https://[fe80::1%25eth0]/',
	'https://256.256.256.256/',
	`https://hooks.example.org/${'x'.repeat(2000)}`
];

const refusedWith = (code: string) => (error: unknown) => isRefusal(error) && error.code === code;

test('an address that leads into this machine or its network is refused in every spelling, and no connection is opened', async () => {
	assert.ok(inside.length >= 40);
	const standIn = aStandIn({});
	for (const address of inside) {
		assert.throws(() => webhookAddress(address), refusedWith('webhook-address-private'), address);
		assert.deepEqual(await send(standIn, address, message), { outcome: 'failed', status: null, problem: 'private' }, address);
	}
	assert.deepEqual([standIn.resolved, standIn.connected], [[], []]);
});

test('what is no https address without a name and password is refused', async () => {
	const standIn = aStandIn({});
	for (const address of unusable) {
		assert.throws(() => webhookAddress(address), refusedWith('webhook-address-unusable'), address);
		assert.equal((await send(standIn, address, message)).outcome, 'failed');
	}
	assert.deepEqual([standIn.resolved, standIn.connected], [[], []]);
});

test('an address of the open Internet is taken, in its one spelling', () => {
	for (const [typed, taken] of [
		['https://hooks.example.org', 'https://hooks.example.org/'],
		[' https://Hooks.Example.org:443/a?b=c#d ', 'https://hooks.example.org/a?b=c'],
		['https://hooks.example.org:8443/x', 'https://hooks.example.org:8443/x'],
		['https://bücher.example/', 'https://xn--bcher-kva.example/'],
		['https://8.8.8.8/', 'https://8.8.8.8/'],
		['https://[2606:4700::1111]/', 'https://[2606:4700::1111]/']
	] as const)
		assert.equal(webhookAddress(typed).href, taken);
	assert.ok(isPublicAddress('1.1.1.1') && isPublicAddress('2001:4860:4860::8888') && isPublicAddress('172.32.0.1'));
	assert.ok(!isPublicAddress('2606:4700::1111%eth0') && !isPublicAddress('hooks.example.org') && !isPublicAddress(''));
});

test('a name is refused before any connection where one of its addresses is not public', async () => {
	const names = {
		'inside.example.org': ['10.1.2.3'],
		'both.example.org': ['93.184.215.14', '127.0.0.1'],
		'six.example.org': ['2606:4700::1111', '::ffff:10.0.0.1'],
		'nat.example.org': ['64:ff9b::7f00:1'],
		'zone.example.org': ['fe80::1%eth0'],
		'metadata.example.org': ['169.254.169.254']
	};
	const standIn = aStandIn(names);
	for (const name of Object.keys(names))
		assert.deepEqual(await send(standIn, `https://${name}/`, message), { outcome: 'failed', status: null, problem: 'private' });
	assert.deepEqual(await send(standIn, 'https://nobody.example.org/', message), {
		outcome: 'failed',
		status: null,
		problem: 'no-such-name'
	});
	assert.deepEqual(standIn.connected, []);
});

test('a name that leads elsewhere a moment later leads nowhere: it is asked once, and the address that was checked is called', async () => {
	const receiver = await aReceiver(['rebinds.example.org']);
	const standIn = aStandIn({}, receiver);
	let asked = 0;
	const rebinding = { ...standIn, resolve: () => Promise.resolve(asked++ === 0 ? ['93.184.215.14'] : ['127.0.0.1']) };
	try {
		assert.deepEqual(await send(rebinding, 'https://rebinds.example.org/', message), { outcome: 'delivered', status: 204 });
		assert.equal(asked, 1);
		assert.deepEqual(standIn.connected, [{ address: '93.184.215.14', port: 443, name: 'rebinds.example.org' }]);
		assert.equal((await send(rebinding, 'https://rebinds.example.org/', message)).outcome, 'failed');
		assert.equal(standIn.connected.length, 1);
	} finally {
		receiver.close();
	}
});

test('a redirect is not followed, wherever it leads', async () => {
	const receiver = await aReceiver(['moved.example.org'], (response) =>
		response.writeHead(307, { location: 'https://127.0.0.1/' }).end()
	);
	const standIn = aStandIn({ 'moved.example.org': ['93.184.215.14'] }, receiver);
	try {
		assert.deepEqual(await send(standIn, 'https://moved.example.org/', message), {
			outcome: 'failed',
			status: 307,
			problem: 'moved'
		});
		assert.equal(standIn.connected.length, 1);
	} finally {
		receiver.close();
	}
});

test('an answer that is too large or too slow, and a certificate of another name, end the call', async () => {
	const receiver = await aReceiver(['large.example.org', 'slow.example.org'], (response, place) => {
		if (place === 0) response.writeHead(200).end(Buffer.alloc(3 * 1024 * 1024));
	});
	const address = ['93.184.215.14'];
	const standIn = aStandIn({ 'large.example.org': address, 'slow.example.org': address, 'other.example.org': address }, receiver);
	try {
		const problem = async (name: string) => {
			const sent = await send(standIn, `https://${name}/`, message, 700);
			return sent.outcome === 'failed' ? sent.problem : sent.outcome;
		};
		assert.equal(await problem('large.example.org'), 'too-large');
		assert.equal(await problem('slow.example.org'), 'too-slow');
		assert.equal(await problem('other.example.org'), 'certificate');
		assert.equal(receiver.received.length, 2);
	} finally {
		receiver.close();
	}
});
