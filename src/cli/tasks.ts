import { join } from 'node:path';
import type { Database } from '#database/connection.server.ts';
import type { Settings } from '#database/settings.server.ts';
import { whenCalm } from '#jobs/calm.server.ts';
import { newsLinks } from '#newsroom/unsubscribing.server.ts';
import type { Task, TaskList } from '#jobs/running.server.ts';
import { addressOfSender, type Mailer } from '#mail/delivering.server.ts';

/** What tasks need besides the database, made once in the jobs process. */
export interface TaskContext {
	readonly settings: Settings;
	readonly mailer: Mailer;
}

/**
 * Every job by its name, one a line. It stands here, above all folders, because jobs/ lies below those whose verbs it runs. Each verb is
 * loaded when its first job comes.
 */
// eslint-disable-next-line max-lines-per-function -- a list: every job, one after another
export function tasksOf({ settings, mailer }: TaskContext): TaskList {
	const origin = settings.origin ?? `http://localhost:${settings.port}`;
	const secret = settings.secret ?? undefined;
	const keysOf = async () => {
		const { topicKeys } = await import('#topics/topic-keys.server.ts');
		return topicKeys({ folder: settings.data, secret });
	};
	const filesOf = async (database: Database) => {
		const { fileStore } = await import('#files/store.server.ts');
		return fileStore(database, join(settings.data, 'files'));
	};
	const uploadStep = async (step: 'preview' | 'import'): Promise<Task> => {
		const { runUploadStep } = await import('#contributions/intake/uploads.server.ts');
		return async ({ database, payload, progress }) => {
			const upload = { topicId: payload.topicId, importId: String(payload.importId) };
			await runUploadStep(database, await filesOf(database), step, upload, { progress });
		};
	};
	const sheetStep = async (step: 'preview' | 'import'): Promise<Task> => {
		const { runSheetStep } = await import('#sheets/running.server.ts');
		return async ({ database, payload, progress }) => {
			const sheet = { topicId: payload.topicId, sheetId: String(payload.sheetId) };
			const around = { keys: await keysOf(), files: await filesOf(database), origin, progress };
			await runSheetStep(database, around, step, sheet);
		};
	};
	return {
		'contributions.drop-file': async () => {
			const { dropFile } = await import('#contributions/erasing.server.ts');
			return async ({ database, payload }) => dropFile(database, await filesOf(database), String(payload.sha256));
		},
		'contributions.extract': async () => {
			const { extractTexts } = await import('#contributions/extracting.server.ts');
			return async ({ database, payload }) =>
				extractTexts(database, await filesOf(database), payload.topicId, String(payload.contributionId));
		},
		'contributions.import': async () => uploadStep('import'),
		'contributions.read-mail': async () => {
			const { readMail } = await import('#contributions/intake/mail/reading-mail.server.ts');
			const { mailInLinks } = await import('#contributions/intake/mail/links.server.ts');
			const wishes = {
				links: await mailInLinks(settings),
				origin,
				ownAddress: addressOfSender(settings.mailFrom)
			};
			return async ({ database, payload }) => {
				const mail = { topicId: payload.topicId, mailInId: String(payload.mailInId) };
				await readMail(database, await filesOf(database), mail, wishes);
			};
		},
		'cafes.compare-notes': async () => {
			const { compareNotes } = await import('#cafes/harvest/alike.server.ts');
			return async ({ database, payload, ending }) =>
				compareNotes(database, { topicId: payload.topicId, eventId: String(payload.eventId) }, ending);
		},
		'cafes.forget-photo': async () => {
			const { forgetPhotoOfErased } = await import('#cafes/notes/filing.server.ts');
			return ({ database, payload }) => forgetPhotoOfErased(database, payload.topicId, String(payload.noteId));
		},
		'cafes.read-sheet': async () => {
			const { readSheet } = await import('#cafes/notes/sheet-reading.server.ts');
			return async ({ database, payload }) => {
				const photo = { topicId: payload.topicId, photoId: String(payload.photoId) };
				await readSheet(database, await filesOf(database), await keysOf(), photo);
			};
		},
		'cafes.seat': async () => {
			const { seat } = await import('#cafes/seating/asking.server.ts');
			return async ({ database, payload, progress, ending }) => seat(database, payload, progress, ending);
		},
		'contributions.read-scan': async () => {
			const { readScan } = await import('#contributions/intake/paper/reading-scans.server.ts');
			return async ({ database, payload }) => {
				await readScan(database, await filesOf(database), { topicId: payload.topicId, scanId: String(payload.scanId) });
			};
		},
		'contributions.preview-import': async () => uploadStep('preview'),
		'events.look-after': async () => {
			const { lookAfterEvents } = await import('#events/looking-after.server.ts');
			const { lookAfterCafes } = await import('#cafes/looking-after.server.ts');
			const { lookAfterTownHalls } = await import('#townhalls/looking-after.server.ts');
			return async ({ database }) => {
				const keptDays = settings.registrationsKept;
				await lookAfterEvents(database, { keys: await keysOf(), origin }, { keptDays });
				await lookAfterCafes(database, { keptDays });
				await lookAfterTownHalls(database);
			};
		},
		'events.obey-rule': async () => {
			const { obeyAtTables } = await import('#cafes/harvest/obeying.server.ts');
			const { obeyInTownHall } = await import('#townhalls/obeying.server.ts');
			return async ({ database, payload }) => {
				const event = { topicId: payload.topicId, eventId: String(payload.eventId) };
				await obeyAtTables(database, event);
				await obeyInTownHall(database, event);
			};
		},
		'events.tell': async () => {
			const { tellRegistered } = await import('#events/looking-after.server.ts');
			return async ({ database, payload }) => {
				const event = { topicId: payload.topicId, eventId: String(payload.eventId) };
				const what = payload.what === 'off' || payload.what === 'free' ? payload.what : 'changed';
				await tellRegistered(database, event, what, { keys: await keysOf(), origin });
			};
		},
		'ideas.count-same-points': async () => {
			const { countSamePoints } = await import('#ideas/same-points/counting.server.ts');
			return async ({ database, payload }) => countSamePoints(database, payload.topicId);
		},
		'ideas.find-same-points': async () => {
			const { findSamePoints } = await import('#ideas/same-points/finding.server.ts');
			return async ({ database, payload, progress, ending }) => findSamePoints(database, payload.topicId, progress, ending);
		},
		'ideas.find-themes': async () => {
			const { findThemes } = await import('#ideas/themes/finding.server.ts');
			return async ({ database, payload, progress, ending }) => findThemes(database, payload.topicId, progress, ending);
		},
		'ideas.refresh-standings': async () => {
			const { refreshStandings } = await import('#ideas/standings.server.ts');
			return async ({ database, payload }) => void (await refreshStandings(database, payload.topicId));
		},
		'mails.clear-outbox': async () => {
			const { dropFromOutbox } = await import('#mail/forgetting.server.ts');
			return ({ database, payload }) => dropFromOutbox(database, mailer, payload.topicId, String(payload.mailId));
		},
		'mails.deliver': async () => {
			const { deliverMail } = await import('#mail/delivering.server.ts');
			return ({ database, payload }) => deliverMail(database, mailer, payload.topicId, String(payload.mailId));
		},
		'moderation.notice': async () => {
			const { noticeFullQueue } = await import('#moderation/noticing.server.ts');
			return async ({ database, payload }) => void (await noticeFullQueue(database, payload.topicId, { origin }));
		},
		'newsroom.send-notice': async () => {
			const { spreadNotice } = await import('#newsroom/notices/spreading.server.ts');
			return async ({ database, payload, ending }) => {
				const notice = { topicId: payload.topicId, noticeId: String(payload.noticeId) };
				await spreadNotice(database, notice, { keys: await keysOf(), links: await newsLinks(settings), origin, ending });
			};
		},
		'newsroom.send-news': async () => {
			const { sendNews } = await import('#newsroom/sending-news.server.ts');
			return async ({ database }) => {
				await sendNews(database, { keys: await keysOf(), links: await newsLinks(settings), origin });
			};
		},
		'people.tidy': async () => {
			const { tidy } = await import('#people/tidying.server.ts');
			const { dropLater, dropUnnamedFiles } = await import('#contributions/erasing.server.ts');
			const { forgetOldMailsIn } = await import('#contributions/intake/mail/forgetting.server.ts');
			const { tidyUploads } = await import('#contributions/intake/uploads.server.ts');
			const { forgetOldScans } = await import('#contributions/intake/paper/forgetting.server.ts');
			const { forgetMarks } = await import('#moderation/noting-likeness.server.ts');
			const { forgetThirdPersons } = await import('#moderation/third-persons.server.ts');
			const { forgetAuditRequests } = await import('#sheets/auditing.server.ts');
			const { forgetUnseenQuestions } = await import('#townhalls/questions/forgetting.server.ts');
			const { tidySheets } = await import('#sheets/running.server.ts');
			return async ({ database }) => {
				await tidy(database);
				await forgetOldMailsIn(database, dropLater);
				await forgetOldScans(database, dropLater);
				await forgetMarks(database);
				await forgetThirdPersons(database);
				await forgetAuditRequests(database);
				await forgetUnseenQuestions(database);
				await tidyUploads(database);
				await tidySheets(database, await filesOf(database));
				await dropUnnamedFiles(database, await filesOf(database));
			};
		},
		'reports.draft': async () => (await import('#reports/drafting/asking.server.ts')).draftAsked,
		'reports.keep-exports': async () => {
			const { keepExports } = await import('#reports/export/nightly.server.ts');
			return async ({ database, ending }) => {
				await keepExports(database, await filesOf(database), { origin, ending });
			};
		},
		'reports.redact': async () => {
			const { redactReports } = await import('#reports/redacting.server.ts');
			return ({ database, payload }) => redactReports(database, payload.topicId, String(payload.thingId));
		},
		'topics.turn-stages': async () => {
			const { turnStages } = await import('#topics/stages/turning.server.ts');
			return async ({ database }) => void (await turnStages(database));
		},
		'townhalls.forget-asker': async () => {
			const { forgetAsker } = await import('#townhalls/questions/forgetting.server.ts');
			return ({ database, payload }) => forgetAsker(database, payload.topicId, Number(payload.number));
		},
		'webhooks.deliver': async () => {
			const [{ deliverWebhook }, { openNetwork }, { sealingKey }, { instanceSecret }] = await Promise.all([
				import('#webhooks/delivering.server.ts'),
				import('#webhooks/sending.server.ts'),
				import('#webhooks/signing.server.ts'),
				import('#database/secret.server.ts')
			]);
			return async ({ database, payload }) => {
				const key = sealingKey(await instanceSecret({ folder: settings.data, secret }));
				await deliverWebhook(
					database,
					{ network: openNetwork, key, origin },
					{ topicId: payload.topicId, webhookId: String(payload.webhookId), messageId: String(payload.messageId) }
				);
			};
		},
		'sheets.bring-in': async () => sheetStep('import'),
		'sheets.preview': async () => sheetStep('preview'),
		'agreement.compute-levels': async () => {
			const { computeAsked } = await import('#agreement/levelling.server.ts');
			return ({ database, payload }) => computeAsked(database, payload.topicId);
		},
		'agreement.find-groups': async () => {
			const { findGroups } = await import('#agreement/finding-groups.server.ts');
			return whenCalm(
				async ({ database, payload, progress, ending }) =>
					void (await findGroups(database, payload.topicId, {
						progress: (share) => progress(Math.round(100 * share), 100),
						ending
					}))
			);
		},
		'agreement.publish-cells': async () => {
			const { publishCells } = await import('#agreement/publishing.server.ts');
			return async ({ database, payload }) => void (await publishCells(database, payload.topicId));
		}
	};
}
