/** What keeps values up to date. */
export interface LiveOptions {
  /** Reads again when the page is looked at again. Default `true`. */
  readonly onFocus?: boolean;
  /** Reads again when the network is back. Default `true`. */
  readonly onReconnect?: boolean;
  /** ms after which it is read again, for as long as the page can be seen. `false`: never. Default `30_000`. */
  readonly every?: number | false;
  /**
   * Shows at once what other tabs of the origin read and write. Tabs know each other by Authorization, Accept and the headers of the resource.
   * Where cookies or a hook say who is signed in, name the person: `tabs: user.id`. It takes the place of Authorization, which may differ
   * between two tabs of one person. `false` turns it off. Default `true`.
   */
  readonly tabs?: boolean | string;
}
