/** How many words a text has. Chinese and Japanese set none apart: there each sign counts. */
export function wordsIn(text: string): number {
	let count = 0;
	for (const _ of text.matchAll(word)) count += 1;
	return count;
}

const word =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}\p{M}])+(?:['’-](?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}\p{M}])+)*/gu;
