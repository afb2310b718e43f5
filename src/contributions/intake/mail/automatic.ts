import { readable, writerOf, type MailHead } from './head.ts';

/** Why nobody wrote a mail by hand, or why it is answered to nobody. */
export type Automatic = 'loop' | 'bounce' | 'away' | 'automatic' | 'list';

export interface Seen {
	readonly head: MailHead;
	/** of the envelope; '' where nobody wants an answer. null: it came from a file, which has no envelope */
	readonly sender: string | null;
	/** whence our own mails come: talks@example.org */
	readonly ownAddress: string;
}

/** null: as far as its head tells, a person wrote it. A mail of which this is said is never answered. */
export function automaticBy({ head, sender, ownAddress }: Seen): Automatic | null {
	const value = (name: string) => (head.get(name)?.[0] ?? '').toLowerCase();
	const { address } = writerOf(head);
	const ownDomain = ownAddress.slice(ownAddress.lastIndexOf('@') + 1);
	if ((head.get('x-loop') ?? []).some((loop) => loop.toLowerCase().includes(ownAddress)) || address === ownAddress) return 'loop';
	// ours are the id of a row and our domain
	if (new RegExp(`^<[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}@${RegExp.escape(ownDomain)}>$`, 'u').test(value('message-id')))
		return 'loop';
	if (/^multipart\/report\b.*delivery-status/u.test(value('content-type')) || head.has('x-failed-recipients')) return 'bounce';
	if (isAway(readable(head.get('subject')?.[0]), head)) return 'away';
	if (/^(?:mailer-daemon|postmaster|mail-daemon)@/u.test(address)) return 'bounce';
	const submitted = /^[a-z-]*/u.exec(value('auto-submitted'))![0];
	if (submitted !== '' && submitted !== 'no') return submitted === 'auto-replied' ? 'away' : 'automatic';
	if (marks.some((name) => head.has(name)) || /^(?:bulk|junk|auto[-_]reply)$/u.test(value('precedence'))) return 'automatic';
	if (sender === '' || /^<\s*>$/u.test(value('return-path'))) return 'automatic';
	if (/^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|noreply)[-+@]/u.test(address)) return 'automatic';
	return head.has('list-id') || head.has('list-post') || value('precedence') === 'list' ? 'list' : null;
}

const marks = ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-auto-reply', 'x-vacation', 'feedback-id'];

/** Out of office, by the header of the program or, with another sign of a program, by the subject. */
function isAway(subject: string, head: MailHead): boolean {
	if (head.has('x-autoreply') || head.has('x-autorespond') || head.has('x-vacation')) return true;
	return awaySubjects.some((pattern) => pattern.test(subject));
}

const awaySubjects: readonly RegExp[] = [
	/^(?:automatic reply|auto(?:matic)?[- ]?reply|auto[- ]?response|out of (?:the )?office)\b/iu,
	/^(?:réponse automatique|absence du bureau|message d['’]absence)(?!\p{L})/iu,
	/^(?:respuesta automática|fuera de (?:la )?oficina)(?!\p{L})/iu,
	/^(?:автоматический ответ|автоответ|вне офиса)(?!\p{L})/iu,
	/^(?:自动答复|自动回复|自動回覆|不在办公室|外出自动回复)/u,
	/^(?:رد تلقائي|الرد التلقائي|خارج المكتب)(?!\p{L})/u,
	/^(?:automatische antwort|abwesenheitsnotiz|resposta automática|risposta automatica)(?!\p{L})/iu
];
