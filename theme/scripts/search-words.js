// The words of the search: how a text is split into them, and which known words one that is typed may mean.
const WEIGHTS = 16; // a number of the index is entry * WEIGHTS + weight
const TITLE = 12; // the weight of a word of a title or a name
const FOREIGN = 8; // of a word of another language
const LETTERS = { œ: "oe", æ: "ae", ß: "ss", ø: "o", ł: "l", đ: "d", ı: "i" };

const fold = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[œæßøłđı]/g, (letter) => LETTERS[letter]);
const split = (text) => (fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => word.length > 1 || /\d/.test(word));
const isAcronym = (word) => /^\p{Lu}{2,4}$/u.test(word);

class Vocabulary {
  constructor({ words, endings }) {
    this.numbers = words;
    this.words = Object.keys(words);
    this.endings = new Set(endings);
    this.stems = new Map();
    for (const word of this.words) {
      for (const stem of this.stemsOf(word)) this.stems.set(stem, [...(this.stems.get(stem) ?? []), word]);
    }
  }

  has(word) {
    return Object.hasOwn(this.numbers, word);
  }

  // What is left of a word without each ending that it may have. Three letters are a stem only of plurals.
  stemsOf(word) {
    const found = [word];
    if (/\d/.test(word)) return found;
    for (let length = 3; length < word.length; length += 1) {
      const ending = word.slice(length);
      if (this.endings.has(ending) && (length > 3 || /^[sx]$/.test(ending))) found.push(word.slice(0, length));
    }
    return found;
  }

  // The known words that a typed one may mean, and how surely (0 to 1): itself, words of the same stem, words that begin with it, and words that it begins with.
  meant(typed, isWhole = false) {
    const found = new Map();
    const add = (word, sure) => found.set(word, Math.max(sure, found.get(word) ?? 0));
    for (const stem of this.stemsOf(typed)) {
      for (const word of this.stems.get(stem) ?? []) add(word, 1.6 * stem.length / (word.length + typed.length));
    }
    // Numbers and acronyms are whole: many others begin with them by chance.
    if (!isWhole && !/\d/.test(typed)) {
      for (const word of this.words) if (word.startsWith(typed)) add(word, 0.85 * typed.length / word.length);
    }
    for (let length = Math.max(6, typed.length - 3); length < typed.length; length += 1) {
      if (this.has(typed.slice(0, length))) add(typed.slice(0, length), 0.85 * length / typed.length);
    }
    if (this.has(typed)) add(typed, 1);
    return found;
  }

  // An unknown word that is two known ones: "screenreader".
  parts(typed) {
    if (this.has(typed) || this.meant(typed).size) return [typed];
    for (let cut = 4; cut <= typed.length - 4; cut += 1) {
      const parts = [typed.slice(0, cut), typed.slice(cut)];
      if (parts.every((part) => this.has(part))) return parts;
    }
    return [typed];
  }

  // For an unknown word, known words that it ends with: "immigration", "expresidentes".
  ends(typed) {
    const found = new Map();
    for (let start = 2; start <= 5 && typed.length - start >= 6; start += 1) {
      for (const [word, sure] of this.meant(typed.slice(start))) {
        if (word.length >= 6 && sure > 0.5) found.set(word, Math.max(0.7 * sure, found.get(word) ?? 0));
      }
    }
    return found;
  }

  // The known words that differ least from an unknown one. Shorter words have too many neighbours, so theirs are words of titles.
  nearest(typed) {
    if (typed.length < 4 || /\d/.test(typed)) return [];
    const near = this.words
      .filter((word) => Math.abs(word.length - typed.length) <= 2 && !/\d/.test(word))
      .map((word) => ({ word, far: distance(typed, word), strength: this.strength(word) }))
      .filter(({ word, far, strength }) => far === 1
        ? (typed.length > 6 || word[0] === typed[0]) && (typed.length > 4 || strength === TITLE)
        : far === 2 && typed.length > 6 && word[0] === typed[0] && (typed.length > 8 || strength === TITLE));
    return near
      .sort((a, b) => a.far - b.far || b.strength - a.strength || this.numbers[b.word].length - this.numbers[a.word].length)
      .slice(0, 3);
  }

  strength(word) {
    return Math.max(...this.numbers[word].map((number) => number % WEIGHTS));
  }
}

// Letters to add, drop, change or exchange with their neighbour.
function distance(a, b) {
  const rows = [Array.from({ length: b.length + 1 }, (_, place) => place)];
  for (let i = 1; i <= a.length; i += 1) {
    rows[i] = [i];
    for (let j = 1; j <= b.length; j += 1) {
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  return rows[a.length][b.length];
}
