// Which options of a picker fit what is typed, and how they stand in the list.
const MOST = 60;

const isFit = ({ label, detail, value }, words) => {
    const text = `${label} ${detail ?? ''} ${value}`.toLowerCase();
    return words.every((word) => text.includes(word));
};

/** The options that hold every word of the query, those that may be chosen in front; and how many more there are than are shown. */
export function fitting(options, query) {
    const words = (query ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    const found = options.filter((option) => isFit(option, words));
    const sorted = [...found.filter(({ reason }) => !reason), ...found.filter(({ reason }) => reason)];
    return { shown: sorted.slice(0, MOST), more: Math.max(0, sorted.length - MOST) };
}

/** Groups in the order in which they first come: [{key, title, items}], each item with its place in the whole list. */
export function grouped(options, { active, value, unfit }) {
    const groups = new Map();
    options.forEach((option, index) => {
        const title = option.reason ? unfit : (option.group ?? '');
        if (!groups.has(title)) groups.set(title, { key: title || 'options', title: title || null, items: [] });
        const isActive = index === active;
        groups.get(title).items.push({
            ...option,
            index,
            id: `option-${index}`,
            detail: option.reason ?? option.detail,
            off: String(Boolean(option.reason)),
            selected: String(option.value === value),
            look: `option${isActive ? ' option_active' : ''}${option.reason ? ' option_off' : ''}`
        });
    });
    return [...groups.values()];
}
