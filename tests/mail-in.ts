import { join } from 'node:path';
import { mailInLinks } from '#contributions/intake/mail/links.server.ts';
import { readMail } from '#contributions/intake/mail/reading-mail.server.ts';
import { storeMail } from '#contributions/intake/mail/storing.server.ts';
import { fileStore } from '#files/store.server.ts';
import { topicIdAtAddress } from '#topics/addresses.server.ts';
import type { Product } from './product.ts';

/** A mail that came to a talk of the product and was read. @returns the path of the page where its sender confirms it */
export async function aMailThatCame({ database, settings, address }: Product, slug: string, mail: string): Promise<string> {
	const topicId = (await topicIdAtAddress(database, slug))!;
	const files = fileStore(database, join(settings.data, 'files'));
	const arriving = { source: [Buffer.from(mail)], way: 'smtp', sender: 'ana@example.org', topicsOf: () => [topicId] } as const;
	const [stored] = await storeMail(database, files, arriving);
	const links = await mailInLinks(settings);
	await readMail(database, files, stored!, { links, origin: address, ownAddress: 'open-talks@localhost' });
	return `/mail/${links.token(stored!)}`;
}

/** A mail with what people put into mails: an answer, a quotation, a signature, a document. */
export function aWholeMail(name: string): string {
	return [
		`From: Ana Example <ana@example.org>`,
		'Subject: Re: Our view of the draft',
		`Message-ID: <${name}@example.org>`,
		'MIME-Version: 1.0',
		'Content-Type: multipart/mixed; boundary=b',
		'',
		'--b',
		'Content-Type: text/plain; charset=utf-8',
		'',
		`Governments should publish what became of each contribution (${name}).`,
		'',
		'-- ',
		'Ana Example, Nairobi',
		'',
		'On 3 Nov 2025, the secretariat wrote:',
		'> What do you think?',
		'',
		'--b',
		'Content-Type: text/plain; name="annex.txt"',
		'Content-Disposition: attachment; filename="annex.txt"',
		'',
		'An annex of one sentence.',
		'--b--',
		''
	].join('\r\n');
}
