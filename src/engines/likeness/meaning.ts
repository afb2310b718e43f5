import { isWithoutSpaces, type Text } from './text.ts';

/*
 * The few words that a comparison by letters must know, in six languages: those that turn a sentence round, those that count, and those
 * that say nothing. All of them folded: without case and accents.
 */

/** What a text says beside its matter. */
export interface Bearing {
	/** how often it is turned round */
	readonly negations: number;
	/** in ascending order, as digits */
	readonly numbers: readonly string[];
}

export function bearingOf({ text, words }: Pick<Text, 'text' | 'words'>): Bearing {
	const numbers: string[] = [];
	let negations = 0;
	for (const [at, { form }] of words.entries()) {
		if (/^\p{Nd}+$/u.test(form)) numbers.push(form.replace(/^0+(?=.)/, ''));
		else {
			const value = numerals.get(form);
			if (value !== undefined) numbers.push(value);
		}
		// "ne … pas" is one
		if (negating.has(form) && !(form === 'ne' && words.slice(at + 1, at + 6).some((one) => afterNe.has(one.form)))) negations++;
		else if (isWithoutSpaces(form) && /^[不没無无未非勿别]./u.test(form) && !chineseWords.has(form)) negations++;
	}
	// an apostrophe parts the word: "shouldn't" is "shouldn", "can't" is "can", "n'est" is "est"
	negations += text.match(/n['’]t\b/giu)?.length ?? 0;
	for (const [, following] of text.matchAll(/\bn['’](\p{L}+(?:\s+\p{L}+){0,5})/giu)) {
		if (
			!following!
				.toLowerCase()
				.split(/\s+/)
				.some((one) => afterNe.has(one))
		)
			negations++;
	}
	return { negations, numbers: numbers.sort() };
}

/** Whether two texts contradict each other where both speak of it: one turns round what the other says, or names another number. */
export function contradict(one: Bearing, other: Bearing): boolean {
	if (one.negations % 2 !== other.negations % 2) return true;
	return (
		one.numbers.length > 0 &&
		other.numbers.length > 0 &&
		!hasAll(one.numbers, other.numbers) &&
		!hasAll(other.numbers, one.numbers)
	);
}

/** Whether they bear in exactly the same way. */
export function bearAlike(one: Bearing, other: Bearing): boolean {
	return one.negations === other.negations && one.numbers.join() === other.numbers.join();
}

function hasAll(numbers: readonly string[], wanted: readonly string[]): boolean {
	return wanted.every((number) => numbers.includes(number));
}

/** Says nothing of the matter: two texts that differ in such words only say the same. */
export function isEmptyWord(form: string): boolean {
	return emptyWords.has(form);
}

/** Says little: frequent in every text of its language. */
export function isFunctionWord(form: string): boolean {
	return emptyWords.has(form) || functionWords.has(form) || negating.has(form);
}

function list(...lines: string[]): Set<string> {
	return new Set(lines.flatMap((line) => line.split(' ')));
}

const negating = list(
	'not no never nor neither without cannot against stop ban banned prohibit forbid refuse reject oppose abolish',
	'ne pas jamais aucun aucune ni sans contre interdire interdit refuser rejeter',
	'no nunca jamas ningun ninguna ninguno ni sin contra prohibir rechazar',
	'не нет ни никогда без нельзя против запретить отказаться',
	'不 没 没有 不要 不得 不应 不应该 不应当 不能 不可 不会 不必 无 未 非 勿 别 禁止 反对 拒绝 停止 从不 决不 绝不',
	'لا ليس ليست لن لم الا بدون دون عدم غير ضد منع حظر رفض'
);
const afterNe = new Set(['pas', 'jamais', 'aucun', 'aucune', 'plus', 'rien', 'ni', 'point', 'que']);

/** Begin with a sign that negates, but do not. */
const chineseWords = list(
	'不同 不断 不仅 不但 不论 不管 不如 不久 不过 无论 非洲 非常 非政府 未来 未成年 未成年人 无线 无障碍 非政府组织 别人 不平等 无家可归'
);

const numerals = new Map(
	[
		'_ two three four five six seven eight nine ten',
		'_ deux trois quatre cinq six sept huit neuf dix',
		'_ dos tres cuatro cinco seis siete ocho nueve diez',
		'_ два три четыре пять шесть семь восемь девять десять',
		'_ двух трех четырех пяти шести семи восьми девяти десяти',
		'_ 两 三 四 五 六 七 八 九 十',
		'_ 两个 三个 四个 五个 六个 七个 八个 九个 十个',
		'_ اثنان ثلاثه اربعه خمسه سته سبعه ثمانيه تسعه عشره',
		'_ اثنين ثلاث اربع خمس ست سبع ثماني تسع عشر'
	].flatMap((line) => line.split(' ').flatMap((form, at) => (form === '_' ? [] : [[form, String(at + 1)] as const])))
);

const emptyWords = list(
	'the an of and to in is on for with by at as be are that this it its there their our we us you they he she his her your',
	'should must shall would need needs ought please also very really just so think believe i me my which who will been being was were has have had do does did',
	'le la les de des du et en un une au aux pour par sur dans est que qui ce ces cette cet sont soit etre il elle ils elles on nous vous leur leurs notre nos votre son sa ses',
	'doit doivent devrait devraient faut faudrait devons aussi tres je pense qu',
	'el los las del y una unos unas por para con es son que lo al se su sus como nuestro nuestra nuestros nuestras este esta estos estas ser',
	'debe deben deberia deberian debemos hay hace falta tambien muy yo creo ellos nosotros',
	'и в во на с со что как к по о об от для из у за это эти этот эта же бы быть были мы они он она их его ее наш наши свой своих своими свою',
	'должны должен должна должно следует необходимо надо нужно также очень я считаю чтобы',
	'的 了 地 得 和 与 及 是 在 对 于 为 把 被 将 其 该 这 这些 那 那些 我们 他们 你们 我 应 应该 应当 需要 必须 须 要 请 也 很 非常 着 过 们 个 等 就 都 所 以 之 而 吧 吗 呢 认为 给 向 从',
	'في من على الى عن مع هذا هذه ذلك تلك ان او و التي الذي الذين هو هي هم كان تكون يكون قد كما ب ل نحن انا',
	'يجب ينبغي علي علينا يلزم ايضا جدا اعتقد انه انها له لها لهم'
);

const functionWords = list(
	'or if but than then from into out up down about over under after before between during through per via can could may might more most less least all any some each every other others such only own same too when where while how why what because both few many much well use using make made get let new need want way one like',
	'ou si mais plus moins tout tous toute toutes chaque autre autres avec apres avant entre pendant comme quand ou comment pourquoi parce peut peuvent etre avoir fait faire meme ainsi afin vers chez lors dont',
	'o si pero mas menos todo todos toda todas cada otro otros otra otras desde hasta entre durante cuando donde cual porque puede pueden ser estar haber hacer tener sobre tras sin',
	'или если но больше меньше все всех каждый другой другие при до после между когда где почему потому может могут более менее который которые которых чем там так',
	'或 如果 但 但是 更 最 所有 每 每个 其他 可以 能 能够 可能 之间 之前 之后 因为 由 当 时 进行 通过 以及 并 并且 不 有 上 下 中 内 外 人',
	'اذا لكن اكثر اقل كل جميع بعض اخر اخرى بعد قبل بين خلال عند حيث لان يمكن قد كي حتى منذ ثم اي ما'
);
