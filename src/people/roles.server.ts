import { nilTopic, type Queryable } from '#database/connection.server.ts';
import type { Role } from '#activity/actor.ts';
import type { Language } from '#languages/languages.ts';

export interface HeldRole {
	readonly roleId: string;
	readonly role: Role['role'];
	readonly grantedAt: Date;
	/** Null for a role in the institution. */
	readonly topic: { readonly topicId: string; readonly title: string; readonly language: string } | null;
}

/** The roles that an account holds now, with the titles of their topics as a reader of the language sees them. */
export async function rolesWithTopics(queryable: Queryable, accountId: string, language: Language): Promise<HeldRole[]> {
	const { rows } = await queryable.query<
		Omit<HeldRole, 'topic'> & { topicId: string; title: string | null; titleLanguage: string | null }
	>(
		`
			select r.role_id as "roleId", r.role, r.granted_at as "grantedAt", r.topic_id as "topicId",
				t.text as title, t.language as "titleLanguage"
			from roles r
			left join lateral (
				select text, language
				from texts
				where topic_id = r.topic_id and kind = 'topic' and field = 'title'
				order by language = $2 desc, language = 'en' desc, language, version desc
				limit 1
			) t on true
			where r.account_id = $1
				and not exists (select from role_ends e where e.topic_id = r.topic_id and e.role_id = r.role_id)
			order by r.role_id`,
		[accountId, language]
	);
	return rows.map(({ topicId, title, titleLanguage, ...role }) => ({
		...role,
		topic: topicId === nilTopic ? null : { topicId, title: title ?? '', language: titleLanguage ?? 'und' }
	}));
}
