import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { isSecretariat } from '#activity/staff.ts';
import { inTransaction, nilTopic, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { textsOfThings, writeTexts, type TextsOfThing, type WrittenTexts } from '#languages/texts.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { imageTypeOf } from '#topics/institution/images.ts';
import { isZone } from '#topics/stages/zones.ts';

/** Who runs this instance. There is exactly one, from the first migration on. */
export interface Institution {
	/** the name of one of ours, or #rrggbb */
	readonly accent: string;
	readonly contactEmail: string;
	/** IANA name: in which pages tell times */
	readonly zone: string;
	readonly languages: readonly string[];
	/** changes with the logo: for its address; null without one */
	readonly logoVersion: string | null;
	/** the configured stakeholder groups, in their order; names are messages `groups.<key>` or texts of kind group */
	readonly groups: readonly string[];
	/** name, about, terms, notice (what is known about people), accessibility */
	readonly texts: TextsOfThing;
	/** of the terms and the notice, as a receipt keeps it: "3.2" */
	readonly noticeVersion: string;
}

export const institutionFields = ['name', 'about', 'terms', 'notice', 'accessibility'] as const;
export const institutionId = '00000000-0000-7000-8000-000000000001';
/** Of which its name, its terms and the names of its groups are texts. */
export const institutionThing = { topicId: nilTopic, kind: 'institution', thingId: institutionId };

export async function institutionOf(queryable: Queryable): Promise<Institution> {
	const [{ rows }, texts] = await Promise.all([
		queryable.query<Omit<Institution, 'texts' | 'noticeVersion'>>({
			name: 'institution',
			text: `
				select accent, contact_email as "contactEmail", zone, languages, left(encode(sha256(logo), 'hex'), 12) as "logoVersion",
					array(select group_key from stakeholder_groups order by position, group_key) as groups
				from institution`
		}),
		textsOfThings(queryable, [institutionThing])
	]);
	if (!rows[0]) throw new Error('the table institution is empty: its migration fills it');
	const written = texts.get(institutionId)!;
	const newest = (field: string) => Math.max(0, ...(written[field] ?? []).map(({ version }) => version));
	return { ...rows[0], texts: written, noticeVersion: `${newest('terms')}.${newest('notice')}` };
}

/** The same, kept for a second: every page asks. */
export function institutionSeen(database: Database): Promise<Institution> {
	const now = performance.now();
	const found = seen.get(database);
	if (found && found.until > now) return found.institution;
	const institution = institutionOf(database);
	seen.set(database, { institution, until: now + 1000 });
	institution.catch(() => forgetInstitution(database));
	return institution;
}

// hung on the connection, so that two copies of this module or two databases of a test never mix
const seen = new WeakMap<object, { institution: Promise<Institution>; until: number }>();

export interface InstitutionChanges {
	readonly texts?: WrittenTexts;
	readonly accent?: string;
	readonly contactEmail?: string;
	readonly zone?: string;
	readonly languages?: readonly string[];
	/** PNG, JPEG or WebP of at most 300 kB; null takes it away */
	readonly logo?: Uint8Array | null;
}

export async function changeInstitution(
	database: Database | Transaction,
	changes: InstitutionChanges,
	actor: Actor
): Promise<void> {
	if (!isSecretariat(actor)) throw refusal('not-allowed');
	const { texts = {}, accent, contactEmail, zone, languages, logo } = changes;
	if (accent !== undefined && !/^(#[0-9a-f]{6}|[a-z]{2,20})$/.test(accent)) throw refusal('not-a-colour');
	if (zone !== undefined && !isZone(zone)) throw refusal('unknown-zone', { zone: zone.slice(0, 60) });
	if (logo) checkLogo(logo);
	await inTransaction(database, async (transaction) => {
		await transaction.query(
			`
				update institution
				set accent = coalesce($1, accent), contact_email = coalesce($2, contact_email), languages = coalesce($3, languages),
					logo = case when $4 then $5 else logo end, zone = coalesce($6, zone)`,
			[accent ?? null, contactEmail ?? null, languages ?? null, logo !== undefined, logo ? Buffer.from(logo) : null, zone ?? null]
		);
		const changed = await writeTexts(transaction, institutionThing, texts, accountOf(actor));
		await record(transaction, {
			topicId: nilTopic,
			actor,
			did: 'changed',
			kind: 'institution',
			thingId: institutionId,
			details: {
				texts: changed,
				...(accent && { accent }),
				...(languages && { languages }),
				...(logo !== undefined && { logo: logo !== null })
			}
		});
	});
	forgetInstitution(database);
}

/** A write of this process is seen by its next page. */
export function forgetInstitution(database: object): void {
	seen.delete(database);
}

export async function logoOf(queryable: Queryable): Promise<{ bytes: Buffer; mediaType: string } | null> {
	const { rows } = await queryable.query<{ logo: Buffer | null }>(`select logo from institution`);
	const logo = rows[0]?.logo;
	const mediaType = logo ? imageTypeOf(logo) : null;
	return logo && mediaType ? { bytes: logo, mediaType } : null;
}

function checkLogo(logo: Uint8Array): void {
	if (logo.length > 300_000) throw refusal('logo-unusable');
	if (imageTypeOf(logo) === null) throw refusal('logo-unusable');
}
