import { existsSync, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import { isIP } from 'node:net';
import { databaseOwner } from '#database/embedded/owner.server.ts';
import { obstacle } from '#database/obstacle.ts';
import { projectFolder } from '#database/project.server.ts';

/** Everything that can be set, all by environment and all optional. docs/running.md and `open-talks doctor` show this list. */
export const settingsList = [
	{
		name: 'DATABASE_URL',
		standard: 'the embedded PostgreSQL 18',
		meaning: 'A PostgreSQL, 15 or newer: postgresql://user:password@host:5432/database.'
	},
	{
		name: 'OPEN_TALKS_DATA',
		standard: './data',
		meaning: 'The folder of the embedded database, the files, the keys and the outbox.'
	},
	{
		name: 'OPEN_TALKS_SECRET',
		standard: 'a file in the data folder',
		meaning: 'Seals keys and signs cookies; at least 32 characters. Keep a copy apart from the backups.'
	},
	{ name: 'PORT', standard: '3000', meaning: 'The port of the web server.' },
	{ name: 'HOST', standard: 'this machine only (127.0.0.1 and ::1)', meaning: 'The address to listen on; 0.0.0.0 for all.' },
	{
		name: 'ORIGIN',
		standard: 'http://localhost:PORT',
		meaning: 'The public address, as people type it: https://talks.example.org.'
	},
	{
		name: 'TRUSTED_PROXIES',
		standard: 'none',
		meaning: 'Addresses or networks, separated by commas, whose X-Forwarded-For is believed: 127.0.0.1, 10.0.0.0/8.'
	},
	{ name: 'WEB_PROCESSES', standard: '1', meaning: 'Web processes that share the port; as many as processors on a busy day.' },
	{
		name: 'OIDC_ISSUER',
		standard: 'none',
		meaning: 'The OpenID Connect provider at which staff may sign in: https://login.example.org.'
	},
	{ name: 'OIDC_CLIENT_ID', standard: 'none', meaning: 'Our name at that provider.' },
	{ name: 'OIDC_CLIENT_SECRET', standard: 'none', meaning: 'Our secret at that provider.' },
	{ name: 'OIDC_NAME', standard: 'the host of OIDC_ISSUER', meaning: 'What the button says after "Sign in with".' },
	{
		name: 'SMTP_URL',
		standard: 'none: mails are put into an outbox folder and shown on a page',
		meaning: 'The mail server: smtps://user:password@mail.example.org.'
	},
	{
		name: 'MAIL_FROM',
		standard: 'open-talks@ and the host of ORIGIN',
		meaning: 'Whom mails come from: Open Talks <talks@example.org>.'
	},
	{
		name: 'MAIL_DOMAIN',
		standard: 'none: talks have no mail address',
		meaning: 'The domain of the mail addresses of talks, each <last part of its address>@MAIL_DOMAIN: talks.example.org.'
	},
	{
		name: 'MAIL_IN',
		standard: 'none: mail comes by open-talks import mail only',
		meaning: 'Where mail for the talks is taken, handed on by your mail server: smtp://127.0.0.1:2525 or lmtp://127.0.0.1:2424.'
	},
	{
		name: 'REGISTRATIONS_KEPT',
		standard: '42',
		meaning: 'Days after an event until it is forgotten who registered; groups and regions stay, for the attendance.'
	},
	{ name: 'CHROMIUM_PATH', standard: 'the one from npm', meaning: 'A Chromium for the tests in a browser and the screenshots.' },
	{ name: 'OPEN_TALKS_CLOCK_SHIFT', standard: '0', meaning: 'Moves the clock, for tests: 90m, -2d, 3600s.' }
] as const;

export type SettingName = (typeof settingsList)[number]['name'];

export interface Settings {
	readonly databaseUrl: string | null;
	/** Absolute. */
	readonly data: string;
	/** The folder that was wanted, where the database's user cannot reach it and another was taken. */
	readonly dataInsteadOf: string | null;
	readonly secret: string | null;
	readonly port: number;
	/** Null: 127.0.0.1 and, where there is one, ::1. */
	readonly host: string | null;
	readonly origin: string | null;
	readonly trustedProxies: readonly string[];
	readonly webProcesses: number;
	readonly oidc: {
		readonly issuer: string;
		readonly clientId: string;
		readonly clientSecret: string;
		readonly name: string;
	} | null;
	readonly smtpUrl: string | null;
	readonly mailFrom: string;
	/** null: talks have no mail address */
	readonly mailDomain: string | null;
	/** null: no mail is taken from a mail server */
	readonly mailIn: { readonly way: 'smtp' | 'lmtp'; readonly host: string; readonly port: number } | null;
	/** days */
	readonly registrationsKept: number;
	readonly chromiumPath: string | null;
	/** Milliseconds. */
	readonly clockShift: number;
}

export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
	const read = (name: SettingName): string | null => environment[name]?.trim() || null;
	const refuse = (name: SettingName, reason: string) =>
		obstacle('setting-unusable', { name, value: name.endsWith('SECRET') ? '…' : (read(name) ?? ''), reason });
	const whole = (name: SettingName, standard: number, from: number, to: number): number => {
		const text = read(name);
		if (text === null) return standard;
		if (!/^\d+$/.test(text) || Number(text) < from || Number(text) > to)
			throw refuse(name, `a whole number from ${from} to ${to} is needed`);
		return Number(text);
	};
	const address = (name: SettingName, protocols: readonly string[]): string | null => {
		const text = read(name);
		if (text === null) return null;
		if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol))
			throw refuse(name, `an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')} is needed`);
		return text;
	};
	const secret = read('OPEN_TALKS_SECRET');
	if (secret !== null && secret.length < 32) throw refuse('OPEN_TALKS_SECRET', 'at least 32 characters are needed');
	const origin = address('ORIGIN', ['http:', 'https:']);
	if (origin !== null && new URL(origin).origin !== origin.replace(/\/$/, ''))
		throw refuse('ORIGIN', 'no path may follow the host');
	const host = read('HOST');
	if (host !== null && host !== 'localhost' && !isIP(host)) throw refuse('HOST', 'an IP address or localhost is needed');
	const trustedProxies = (read('TRUSTED_PROXIES') ?? '').split(/[\s,]+/).filter(Boolean);
	for (const network of trustedProxies)
		if (!isNetwork(network)) throw refuse('TRUSTED_PROXIES', `${network} is no address or network`);
	return {
		databaseUrl: address('DATABASE_URL', ['postgres:', 'postgresql:']),
		...dataFolder(read('OPEN_TALKS_DATA')),
		secret,
		port: whole('PORT', 3000, 0, 65_535),
		host: host === 'localhost' ? null : host,
		origin: origin && new URL(origin).origin,
		trustedProxies,
		webProcesses: whole('WEB_PROCESSES', 1, 1, 64),
		oidc: oidc(),
		smtpUrl: address('SMTP_URL', ['smtp:', 'smtps:']),
		mailFrom: mailFrom(),
		mailDomain: mailDomain(),
		mailIn: mailIn(),
		registrationsKept: whole('REGISTRATIONS_KEPT', 42, 1, 3650),
		chromiumPath: read('CHROMIUM_PATH'),
		clockShift: shift()
	};

	function mailFrom(): string {
		const from = read('MAIL_FROM') ?? `Open Talks <open-talks@${origin === null ? 'localhost' : new URL(origin).hostname}>`;
		if (!/^([^<>@]*<)?[^<>@\s]+@[^<>@\s]+>?$/.test(from))
			throw refuse('MAIL_FROM', 'an address is needed: Name <name@example.org>');
		return from;
	}

	function mailDomain(): string | null {
		const domain = read('MAIL_DOMAIN')?.toLowerCase() ?? null;
		if (domain !== null && !/^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(domain))
			throw refuse('MAIL_DOMAIN', 'a domain is needed: talks.example.org');
		return domain;
	}

	function mailIn(): Settings['mailIn'] {
		const text = address('MAIL_IN', ['smtp:', 'lmtp:']);
		if (text === null) return null;
		if (mailDomain() === null) throw refuse('MAIL_DOMAIN', 'MAIL_IN needs it');
		const { protocol, hostname, port } = new URL(text);
		const host = hostname === 'localhost' ? '127.0.0.1' : hostname.replace(/^\[|\]$/g, '');
		if (!isIP(host)) throw refuse('MAIL_IN', 'an IP address or localhost is needed');
		if (port === '') throw refuse('MAIL_IN', 'a port is needed');
		return { way: protocol === 'lmtp:' ? 'lmtp' : 'smtp', host, port: Number(port) };
	}

	function oidc(): Settings['oidc'] {
		const issuer = address('OIDC_ISSUER', ['http:', 'https:']);
		if (issuer === null) return null;
		const [clientId, clientSecret] = [read('OIDC_CLIENT_ID'), read('OIDC_CLIENT_SECRET')];
		if (clientId === null) throw refuse('OIDC_CLIENT_ID', 'OIDC_ISSUER needs it');
		if (clientSecret === null) throw refuse('OIDC_CLIENT_SECRET', 'OIDC_ISSUER needs it');
		return { issuer, clientId, clientSecret, name: read('OIDC_NAME') ?? new URL(issuer).host };
	}

	function shift(): number {
		const found = /^([+-]?\d+)\s*([smhd]?)$/.exec(read('OPEN_TALKS_CLOCK_SHIFT') ?? '0');
		if (!found) throw refuse('OPEN_TALKS_CLOCK_SHIFT', 'a number with s, m, h or d is needed');
		return (
			Number(found[1]) * { '': 1000, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[found[2] as '' | 's' | 'm' | 'h' | 'd']
		);
	}
}

function isNetwork(text: string): boolean {
	const [address, bits, ...rest] = text.split('/');
	const version = isIP(address ?? '');
	return (
		version !== 0 &&
		rest.length === 0 &&
		(bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128)))
	);
}

/** As root with a project that the database's user cannot reach, ./data lies in /var/lib instead. */
function dataFolder(wanted: string | null): Pick<Settings, 'data' | 'dataInsteadOf'> {
	const data = resolve(projectFolder, wanted ?? 'data');
	const owner = databaseOwner();
	if (wanted !== null || !owner.isOther || isReachable(dirname(data), owner.uid, owner.gid)) return { data, dataInsteadOf: null };
	return { data: `/var/lib/open-talks/${createHash('sha256').update(data).digest('hex').slice(0, 12)}`, dataInsteadOf: data };
}

function isReachable(folder: string, uid: number, gid: number): boolean {
	for (let step = folder; ; step = dirname(step)) {
		if (existsSync(step)) {
			const found = statSync(step);
			const bit = found.uid === uid ? 0o100 : found.gid === gid ? 0o010 : 0o001;
			if ((found.mode & bit) === 0) return false;
		}
		if (step === dirname(step)) return true;
	}
}
