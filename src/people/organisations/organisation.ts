/** An organisation as it is known now: its latest details, and every name under which it is found. */
export interface Organisation {
	readonly organisationId: string;
	readonly name: string;
	readonly language: string;
	readonly kind: OrganisationKind | null;
	/** ISO 3166-1 alpha-2 */
	readonly country: string | null;
	readonly parentId: string | null;
}

export const organisationKinds = [
	'government',
	'intergovernmental',
	'company',
	'association',
	'academic',
	'technical',
	'other'
] as const;
export type OrganisationKind = (typeof organisationKinds)[number];

/** Whether nothing goes round in a circle if `child` comes to stand under `parent`. @param above the parents' parents, nearest first */
export function mayStandUnder(childId: string, parentId: string, above: readonly string[]): boolean {
	return childId !== parentId && !above.includes(childId);
}

/** Hosts at which everybody gets an address: they say nothing about an organisation. */
const forEverybody = new Set(
	'gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com icloud.com me.com mac.com aol.com gmx.com gmx.net gmx.de web.de proton.me protonmail.com tutanota.com mail.com mail.ru yandex.ru yandex.com bk.ru list.ru inbox.ru qq.com 163.com 126.com sina.com foxmail.com zoho.com fastmail.com hey.com orange.fr free.fr laposte.net libero.it'.split(
		' '
	)
);

/** The domain as it is compared with addresses; null for what is none, or is everybody's. */
export function domainOf(text: string): string | null {
	const domain = text
		.trim()
		.toLowerCase()
		.replace(/^.*@/, '')
		.replace(/^(https?:\/\/)?(www\.)?/, '')
		.replace(/[/:].*$/, '');
	if (!URL.canParse(`http://${domain}`)) return null;
	// addresses hold the form that mail servers use
	const host = new URL(`http://${domain}`).hostname;
	return /^([a-z0-9-]+\.)+[a-z][a-z0-9-]+$/.test(host) && host.length <= 253 ? host : null;
}

export function isEverybodysDomain(domain: string): boolean {
	return forEverybody.has(domain);
}
