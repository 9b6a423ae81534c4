// Which entries answer what is typed, the best first.
const STRONG = 6; // from here on a word is in a title, a heading, a name or a synonym

class Ranking {
  constructor(index) {
    this.entries = index.entries;
    this.common = new Set(index.common);
    this.fillers = new Set(index.fillers);
    this.vocabulary = new Vocabulary(index);
  }

  // `found` are entries; `terms` are what was typed, each with the words that it means; `unknown` are typed words that no entry has, each with the nearest.
  answer(text) {
    const terms = this.terms(text);
    const unknown = terms.filter((term) => term.nearest);
    const { found, isPartial } = this.find(terms);
    return { terms, unknown, found, isPartial: isPartial || unknown.length > 0 };
  }

  terms(text) {
    const acronyms = new Set(text.split(/[^\p{L}]+/u).filter(isAcronym).map(fold));
    const all = split(text);
    const telling = all.filter((word) => !this.fillers.has(word));
    const words = (telling.length ? telling : all).flatMap((word) => this.vocabulary.parts(word));
    // Only the last word may go on, or one that is unknown.
    const terms = words.map((word, place) => this.term(word, acronyms.has(word) || (this.vocabulary.has(word) && place < words.length - 1)));
    // Two words may be one: "casa blanca".
    for (let place = 1; place < words.length; place += 1) {
      const joined = words[place - 1] + words[place];
      if (this.vocabulary.has(joined)) for (const term of [terms[place - 1], terms[place]]) { term.meant.set(joined, 1); delete term.nearest; }
    }
    return terms;
  }

  // What a typed word means; a whole one is not the beginning of others. `nearest` if it is no word of this language: those that it may be meant to be.
  term(word, isWhole) {
    const { vocabulary } = this;
    const meant = vocabulary.meant(word, isWhole);
    if (!meant.size && !isWhole) for (const [other, sure] of vocabulary.ends(word)) meant.set(other, sure);
    const isMeant = meant.size > 0 || this.common.has(word);
    const strength = Math.max(0, ...this.weights({ meant }).values());
    // "Istambul" is a name in Portuguese: it finds Istanbul, which is suggested all the same.
    const isForeign = vocabulary.has(word) && strength === FOREIGN;
    const isSure = isWhole || this.common.has(word) || strength >= STRONG || vocabulary.has(word);
    const nearest = isSure && !isForeign ? [] : vocabulary.nearest(word).filter((one) => !isForeign || (one.far < 2 && one.strength >= TITLE));
    for (const one of nearest) meant.set(one.word, Math.max(one.far < 2 ? 0.8 : 0.6, meant.get(one.word) ?? 0));
    const isUnknown = isForeign ? nearest.length > 0 : !isMeant;
    return isUnknown ? { word, meant, nearest: nearest.map((one) => one.word) } : { word, meant };
  }

  // Entry -> the weight of a term there.
  weights({ meant }) {
    const found = new Map();
    for (const [word, sure] of meant) {
      for (const number of this.vocabulary.numbers[word]) {
        const weight = number % WEIGHTS;
        const entry = (number - weight) / WEIGHTS;
        found.set(entry, Math.max(found.get(entry) ?? 0, weight * sure));
      }
    }
    return found;
  }

  // The entries with all terms, and those that have one of them in a strong place; `isPartial` if none has all.
  find(terms) {
    const isAllCommon = terms.every(({ word }) => this.common.has(word));
    const asked = terms.map((term) => {
      const weights = this.weights(term);
      const rarity = Math.log(2 + this.entries.length / (1 + weights.size));
      // A word of most pages is only known where it is strong: it lifts those entries and leaves out none.
      const isRequired = isAllCommon || !this.common.has(term.word);
      return { weights, share: rarity * (isRequired ? 1 : 0.5) * (term.nearest ? 0.5 : 1), isRequired };
    });
    const required = asked.filter(({ isRequired }) => isRequired).length;
    const whole = asked.reduce((sum, { share }) => sum + share, 0);
    const scores = new Map();
    for (const { weights, share, isRequired } of asked) {
      for (const [entry, weight] of weights) {
        const one = scores.get(entry) ?? { score: 0, share: 0, words: 0, strongest: 0 };
        scores.set(entry, { score: one.score + weight * share, share: one.share + share, words: one.words + isRequired, strongest: Math.max(one.strongest, weight) });
      }
    }
    const hasAll = (one) => one.words === required;
    const found = [...scores]
      .filter(([, one]) => hasAll(one) || (one.strongest >= STRONG && one.share >= whole / 3))
      .map(([entry, one]) => ({ entry: this.entries[entry], score: one.score * (one.share / whole) ** 1.5 * (1 + this.likeness(this.entries[entry][0], terms)) }))
      .sort((a, b) => b.score - a.score);
    return { found: found.map((one) => one.entry), isPartial: scores.size > 0 && ![...scores.values()].some(hasAll) };
  }

  // How much of a title the terms are, from 0 to 1; 2 if they are the title.
  likeness(title, terms) {
    const own = split(title).filter((word) => !this.fillers.has(word));
    if (own.join(" ") === terms.map(({ word }) => word).join(" ")) return 2;
    return own.filter((word) => terms.some(({ meant }) => meant.has(word))).length / Math.max(own.length, terms.length);
  }
}
