// The schema rules that a text can show: a topic's table is keyed by topic_id first, every foreign key says what happens on delete and
// stands alone at the end, every table is commented, every migration begins with why; no triggers, sequences or rules; no now() in an
// upsert. Look-ups outside topics are named here.
import { join } from 'node:path';
import { filesBelow, report } from './reporting.ts';

const lookUps = new Set(
	'institution stakeholder_groups accounts account_tokens sign_ins authenticators recovery_codes organisations organisation_names organisation_joins organisation_distinctions organisation_details membership_kinds memberships confirmed_domains addresses event_codes files unreachable_addresses'.split(
		' '
	)
);

export function problems(folder: string): string[] {
	const found: string[] = [];
	for (const { path, text } of filesBelow(join(folder, 'src/database/migrations'), ['.sql'])) {
		const at = `src/database/migrations/${path}`;
		if (!text.startsWith('-- ')) found.push(`${at} does not begin with why`);
		const plain = text.replace(/--.*$/gm, '');
		for (const [, word] of plain.matchAll(
			/\b(create (?:or replace )?(?:trigger|rule|sequence|function)|serial|inherits|exclude using|generated always as)\b/gi
		))
			found.push(`${at} uses ${word}`);
		for (const [, table, body] of plain.matchAll(/^create table ([a-z_]+) \(\n([\s\S]*?)^\)/gm)) {
			if (!text.includes(`comment on table ${table} is`)) found.push(`${at}: the table ${table} has no comment`);
			if (/\breferences\b/.test(body!))
				found.push(`${at}: the foreign keys of ${table} are added by alter table, after the tables`);
			if (lookUps.has(table!)) continue;
			if (!/^\ttopic_id uuid (?:not null|primary key)/.test(body!)) found.push(`${at}: ${table} does not begin with topic_id`);
			for (const [, kind, columns] of body!.matchAll(/\b(primary key|unique) \(([^)]*)\)/g))
				if (!columns!.startsWith('topic_id')) found.push(`${at}: a ${kind} of ${table} does not begin with topic_id`);
		}
		for (const [statement] of plain.matchAll(/alter table[^;]*foreign key[^;]*;/g))
			if (!/on delete (cascade|restrict)/.test(statement))
				found.push(`${at}: a foreign key does not say what happens on delete: ${statement.split('\n')[0]}`);
	}
	for (const { path, text } of filesBelow(join(folder, 'src'), ['.server.ts']))
		for (const [upsert] of text.matchAll(/on conflict[^`]*do update[^`]*/g))
			if (/\b(now|clock_timestamp)\(\)/.test(upsert)) found.push(`src/${path} reads the clock in an upsert`);
	return found;
}

report(import.meta.url, problems);
