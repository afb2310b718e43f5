import type { Database } from '#database/connection.server.ts';
import { instanceSecret, keyFor } from '#database/secret.server.ts';
import type { Settings } from '#database/settings.server.ts';
import { lacksAdministrator } from '#people/first-run.server.ts';
import { signedLinks } from '#people/sign-in/signed-links.server.ts';

const aDay = 24 * 3_600_000;

/** The link that makes the first administrator, while there is none. */
export async function firstRunLink(settings: Settings, database: Database, address: string): Promise<string | null> {
	if (!(await lacksAdministrator(database))) return null;
	const links = await linksOf(settings);
	return `${address}/first-run?token=${links.token('first-run', '', new Date(Date.now() + aDay))}`;
}

/** Links that sign roles of the example world in; they work on this machine only, and not at all once ORIGIN is set. */
export async function demoLinks(
	settings: Settings,
	address: string,
	staff: readonly { readonly email: string; readonly role: string }[]
): Promise<{ role: string; link: string }[]> {
	if (settings.origin !== null) return [];
	const links = await linksOf(settings);
	const until = new Date(Date.now() + aDay);
	return staff.map(({ email, role }) => ({ role, link: `${address}/sign-in/demo?token=${links.token('demo', email, until)}` }));
}

async function linksOf({ data, secret }: Settings) {
	return signedLinks(keyFor(await instanceSecret({ folder: data, secret: secret ?? undefined }), 'signed-links'));
}
