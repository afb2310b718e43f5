/**
 * How mail programs mark what is not the writer's own, in the six languages and those met most often beside them. Each pattern stands for
 * one trimmed line; invisible marks of direction and stars of emphasis are taken off before.
 */

const anAddress = String.raw`\S+@\S+`;
// Arabic-Indic and Persian digits too: programs write dates in them
const moment = String.raw`[\d\u0660-\u0669\u06f0-\u06f9]{1,4}\D{0,3}`;
const namesSomething = new RegExp(`${anAddress}|${moment}`, 'u');

/** "On 3 November 2025, Ana wrote:": how such a line begins and how it ends. It may be broken into three. */
const attributions: readonly { readonly begins: RegExp; readonly ends: RegExp }[] = [
	{ begins: /^On\s/u, ends: /\bwrote\s?:$/u },
	{ begins: /^Le\s/u, ends: /\ba(?:vez)? écrit\s?:$/u },
	{ begins: /^El\s/u, ends: /\bescribió\s?:$/u },
	{ begins: /./u, ends: /(?:пишет|писал|писала|написал|написала|написал\(а\)|писал\(а\)|написали)\s?:$/u },
	{ begins: /./u, ends: /写道\s?[:：]$|寫道\s?[:：]$|编写[:：]$/u },
	{ begins: /^(?:في|بتاريخ|يوم)\s/u, ends: /(?:كتب|كتبت|كتب\/ت|تمت كتابة ما يلي بواسطة.*)\s?[:：]$/u },
	{ begins: /^Am\s/u, ends: /\bschrieb.*:$/u },
	{ begins: /^Em\s/u, ends: /\bescreveu\s?:$/u },
	{ begins: /^Il\s/u, ends: /\bha scritto\s?:$/u },
	// "вт, 4 нояб. 2025 г. в 10:15, Иван <ivan@example.org>:" has no verb
	{ begins: /^(?:пн|вт|ср|чт|пт|сб|вс)[.,]\s/u, ends: new RegExp(`<?${anAddress}>?\\s?:$`, 'u') }
];

export function isAttribution(line: string): boolean {
	return (
		line.length < 400 &&
		attributions.some(({ begins, ends }) => begins.test(line) && ends.test(line)) &&
		namesSomething.test(line)
	);
}

export function mayBeginAttribution(line: string): boolean {
	return attributions.some(({ begins }, at) => (at !== 3 && at !== 4 ? begins.test(line) : namesSomething.test(line)));
}

const separators: readonly RegExp[] = [
	/^-{2,}\s?(?:Original Message|Original Appointment|Forwarded message|Forwarded Message|Reply message)\s?-{2,}$/iu,
	/^-{2,}\s?(?:Message d['’]origine|Message original|Message transféré|Courriel original|Message initial)\s?-{2,}$/iu,
	/^-{2,}\s?(?:Mensaje original|Mensaje reenviado|Mensagem original|Mensagem encaminhada)\s?-{2,}$/iu,
	/^-{2,}\s?(?:Исходное сообщение|Пересылаемое сообщение|Пересланное сообщение|Перенаправленное сообщение|Пересылаемое письмо)\s?-{2,}$/iu,
	/^-{2,}\s?(?:原始邮件|原始郵件|转发的邮件|转发邮件信息|邮件原件|原邮件)\s?-{2,}$/u,
	/^-{2,}\s?(?:الرسالة الأصلية|رسالة أصلية|رسالة معاد توجيهها|رسالة مُعاد توجيهها|الرسالة المعاد توجيهها)\s?-{2,}$/u,
	/^-{2,}\s?(?:Ursprüngliche Nachricht|Weitergeleitete Nachricht|Messaggio originale|Messaggio inoltrato)\s?-{2,}$/iu,
	/^(?:Begin forwarded message|Début du message réexpédié|Inicio del mensaje reenviado|Начало переадресованного сообщения|开始转发的邮件|بداية الرسالة المعاد توجيهها)\s?[:：]$/iu
];

export function isSeparator(line: string): boolean {
	return line.length < 120 && separators.some((pattern) => pattern.test(line));
}

/** The header that Outlook puts above what is answered, language by language: from; then what else may stand there. */
const headers: readonly { readonly from: RegExp; readonly others: readonly RegExp[] }[] = [
	header('From', ['Sent|Date', 'To', 'Subject', 'Cc', 'Importance|Reply-To']),
	header('De', ['Envoyé|Date|Envoyé le', 'À|A', 'Objet', 'Cc|CC', 'Importance']),
	header('De', ['Enviado|Enviado el|Fecha|Date|Enviada em|Enviada', 'Para', 'Asunto|Assunto', 'Cc|CC', 'Importancia']),
	header('От|От кого|Из', ['Отправлено|Дата|Sent', 'Кому', 'Тема', 'Копия', 'Важность']),
	header('发件人|寄件者|寄件人', [
		'发送时间|发送日期|日期|时间|寄件日期|傳送時間|已发送',
		'收件人|收件者',
		'主题|主旨|主題',
		'抄送|副本',
		'重要性'
	]),
	header('من|مرسل', ['تم الإرسال|أُرسلت|تاريخ الإرسال|التاريخ|تاريخ', 'إلى|الى', 'الموضوع|موضوع', 'نسخة|نسخة إلى', 'الأهمية']),
	header('Von', ['Gesendet|Datum', 'An', 'Betreff', 'Cc', 'Priorität']),
	header('Da', ['Inviato|Data', 'A', 'Oggetto', 'Cc', 'Priorità'])
];

function header(from: string, others: readonly string[]) {
	const labelled = (names: string) => new RegExp(`^(?:${names})\\s?[:：]`, 'u');
	return { from: labelled(from), others: others.map(labelled) };
}

/** Whether a header of Outlook begins with the first of these lines: two more of its fields within the next six. */
export function isHeaderBlock(lines: readonly string[]): boolean {
	const [first = '', ...rest] = lines;
	const next = rest.slice(0, 7).filter((line) => line !== '');
	return headers.some(
		({ from, others }) => from.test(first) && others.filter((other) => next.some((line) => other.test(line))).length >= 2
	);
}

/** What programs of phones put below a mail. */
const sentFrom: readonly RegExp[] = [
	/^(?:Sent from (?:my|Mail for|Outlook|Yahoo|Samsung|Proton)\b|Get Outlook for\b|Sent with\b|Sent via\b).{0,80}$/iu,
	/^(?:Envoyé (?:de|depuis|à partir de|avec)\b|Télécharger Outlook pour\b|Obtenez Outlook pour\b).{0,80}$/iu,
	/^(?:Enviado desde\b|Enviado con\b|Obtener Outlook para\b|Descargar Outlook para\b|Enviado do meu\b).{0,80}$/iu,
	/^(?:Отправлено (?:с|из)|Получить Outlook для|Скачать Outlook для)\s.{0,80}$/iu,
	/^(?:发自我的|从我的|發自我的|获取\s?Outlook|使用 ?Outlook|发自).{0,60}$/u,
	/^(?:أُرسلت من|أرسلت من|تم الإرسال من|مُرسل من|احصل على Outlook|الحصول على Outlook).{0,80}$/u,
	/^(?:Von meinem .{1,40} gesendet|Gesendet von|Inviato da).{0,80}$/iu
];

export function isSentFrom(line: string): boolean {
	return sentFrom.some((pattern) => pattern.test(line));
}
