export interface Note {
  title: string;
  body: string;
  tags: string[];
}

export type Recipe = (note: Note) => void;

export const retitle =
  (title: string): Recipe =>
  (note) => {
    note.title = title;
  };
export const tag =
  (name: string): Recipe =>
  (note) => {
    note.tags.push(name);
  };
