import { hostMail } from '#cafes/forgetting-hosts.server.ts';
import { hostLink } from '#cafes/host-link.ts';
import type { Host } from '#cafes/hosts.server.ts';
import type { Transaction } from '#database/connection.server.ts';
import { eventOf } from '#events/events.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { isolated } from '#languages/usable.ts';
import { queueMail } from '#mail/mail.server.ts';
import { topicOf } from '#topics/reading.server.ts';

/** Sends the host their link, with when and where. @returns whether there was an address */
export async function mailHostLink(
	transaction: Transaction,
	{ topicId, eventId }: OfEvent,
	{ host, secret, origin }: { host: Host; secret: string; origin: string }
): Promise<boolean> {
	const { email, language, tableNumber, name, timeZone } = host;
	if (email === null) return false;
	const { defaultLanguage } = await topicOf(transaction, topicId);
	const { startsAt, zone, texts } = await eventOf(transaction, topicId, eventId);
	const say = speakerOf(language);
	const values = {
		name: isolated(name),
		table: tableNumber,
		event: isolated(inLanguage(texts['title'], [language], defaultLanguage).text),
		// the host's own clock
		at: say.date(startsAt, { zone: timeZone ?? zone, style: 'moment' }),
		link: hostLink(origin, language, secret)
	};
	await queueMail(transaction, {
		...{ topicId, to: email, language, kind: hostMail },
		subject: say('cafes.mail-subject', values),
		body: say('cafes.mail-body', values)
	});
	return true;
}
