import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSettings, settingsList } from '#database/settings.server.ts';

test('without any setting everything has its standard', () => {
	const { data, dataInsteadOf: _, ...rest } = readSettings({});
	assert.match(data, /^\/.*\/(data|[0-9a-f]{12})$/);
	assert.deepEqual(rest, {
		databaseUrl: null,
		secret: null,
		port: 3000,
		host: null,
		origin: null,
		trustedProxies: [],
		webProcesses: 1,
		oidc: null,
		smtpUrl: null,
		mailFrom: 'Open Talks <open-talks@localhost>',
		mailDomain: null,
		mailIn: null,
		registrationsKept: 42,
		chromiumPath: null,
		clockShift: 0
	});
});

test('what is set is read', () => {
	const settings = readSettings({
		DATABASE_URL: 'postgresql://me@db.example.org/talks',
		OPEN_TALKS_DATA: '/srv/talks',
		OPEN_TALKS_SECRET: 's'.repeat(32),
		PORT: '4100',
		HOST: '0.0.0.0',
		ORIGIN: 'https://talks.example.org/',
		TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8 ::1',
		WEB_PROCESSES: '2',
		OIDC_ISSUER: 'https://login.example.org/realm',
		OIDC_CLIENT_ID: 'talks',
		OIDC_CLIENT_SECRET: 'hush',
		SMTP_URL: 'smtps://mail.example.org',
		MAIL_FROM: 'Talks <talks@example.org>',
		MAIL_DOMAIN: 'Talks.example.org',
		MAIL_IN: 'lmtp://[::1]:2424',
		REGISTRATIONS_KEPT: '7',
		CHROMIUM_PATH: '/usr/bin/chromium',
		OPEN_TALKS_CLOCK_SHIFT: '-2d'
	});
	assert.deepEqual(settings, {
		databaseUrl: 'postgresql://me@db.example.org/talks',
		data: '/srv/talks',
		dataInsteadOf: null,
		secret: 's'.repeat(32),
		port: 4100,
		host: '0.0.0.0',
		origin: 'https://talks.example.org',
		trustedProxies: ['127.0.0.1', '10.0.0.0/8', '::1'],
		webProcesses: 2,
		oidc: { issuer: 'https://login.example.org/realm', clientId: 'talks', clientSecret: 'hush', name: 'login.example.org' },
		smtpUrl: 'smtps://mail.example.org',
		mailFrom: 'Talks <talks@example.org>',
		mailDomain: 'talks.example.org',
		mailIn: { way: 'lmtp', host: '::1', port: 2424 },
		registrationsKept: 7,
		chromiumPath: '/usr/bin/chromium',
		clockShift: -2 * 86_400_000
	});
});

const unusable: [string, string][] = [
	['PORT', '3000x'],
	['PORT', '70000'],
	['WEB_PROCESSES', '0'],
	['REGISTRATIONS_KEPT', '0'],
	['DATABASE_URL', 'mysql://db.example.org/talks'],
	['ORIGIN', 'talks.example.org'],
	['ORIGIN', 'https://talks.example.org/here'],
	['HOST', 'everywhere'],
	['MAIL_DOMAIN', 'talks@example.org'],
	['TRUSTED_PROXIES', '10.0.0.0/33'],
	['OPEN_TALKS_SECRET', 'short'],
	['OPEN_TALKS_CLOCK_SHIFT', 'tomorrow'],
	['OIDC_ISSUER', 'login.example.org']
];
for (const [name, value] of unusable) {
	test(`${name}=${value} is refused with a sentence that names it`, () => {
		assert.throws(
			() => readSettings({ [name]: value }),
			(error: Error & { code: string }) => {
				assert.equal(error.code, 'setting-unusable');
				assert.ok(
					error.message.startsWith(`The setting ${name} cannot be "${name.endsWith('SECRET') ? '…' : value}": `),
					error.message
				);
				return true;
			}
		);
	});
}

test('a secret is not repeated in the refusal', () => {
	assert.throws(
		() => readSettings({ OPEN_TALKS_SECRET: 'hush' }),
		(error: Error) => !error.message.includes('hush')
	);
});

test('the list has a standard and a meaning for each setting, each once', () => {
	assert.equal(new Set(settingsList.map(({ name }) => name)).size, settingsList.length);
	for (const { standard, meaning } of settingsList) assert.ok(standard.length > 0 && meaning.endsWith('.'));
});
