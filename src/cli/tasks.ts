import type { Settings } from '#database/settings.server.ts';
import type { TaskList } from '#jobs/running.server.ts';
import type { Mailer } from '#mail/delivering.server.ts';

/** What tasks need besides the database, made once in the jobs process. */
export interface TaskContext {
	readonly settings: Settings;
	readonly mailer: Mailer;
}

/**
 * Every job by its name, one a line. It stands here, above all folders, because jobs/ lies below those whose verbs it runs. Each verb is
 * loaded when its first job comes.
 */
export function tasksOf({ mailer }: TaskContext): TaskList {
	return {
		'mail.deliver': async () => {
			const { deliverMail } = await import('#mail/delivering.server.ts');
			return ({ database, payload }) => deliverMail(database, mailer, payload.topicId, String(payload.mailId));
		},
		'agreement.publish-cells': async () => {
			const { publishCells } = await import('#agreement/publishing.server.ts');
			return async ({ database, payload }) => void (await publishCells(database, payload.topicId));
		}
	};
}
