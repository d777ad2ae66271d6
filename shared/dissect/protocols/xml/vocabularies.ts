/**
 * Vocabularies of XML whose elements and attributes have fields of their own, named as Wireshark 4.0
 * names them. A line is an element with its attributes (@) and the elements within it.
 */

export interface VocabularySpec {
  readonly name: string;
  /** Where it is defined. */
  readonly spec: string;
  /** A document of this type is read by this vocabulary, whatever its first element. */
  readonly mediaType?: string;
  /** Elements are not told apart by those around them. */
  readonly isFlat?: boolean;
  readonly elements: string;
}

/** SMIL 1.0 §3.3: attributes that test what the player can do, and those of all media objects. */
const SYSTEM = '@system-bitrate @system-language @system-required @system-screen-size @system-screen-depth @system-captions @system-overdub-or-caption';
const MEDIA = `@id @title @abstract @author @copyright @region @alt @longdesc @src @type @dur @repeat @fill @begin @end ${SYSTEM} @clip-begin @clip-end`;

export const VOCABULARIES: readonly VocabularySpec[] = [
  {
    name: 'presence',
    spec: 'RFC 3863',
    mediaType: 'application/cpim-pidf+xml',
    elements: `
      presence @xmlns @entity tuple
      tuple @id status contact note timestamp
      status basic
      basic
      contact @priority
      note @lang
      timestamp
    `,
  },
  {
    name: 'reginfo',
    spec: 'RFC 3680',
    elements: `
      reginfo @xmlns @version @state registration
      registration @aor @id @state contact
      contact @id @state @event @expires @retry-after @duration-registered @q @cseq @callid uri display-name unknown-param
      uri
      display-name @lang
      unknown-param @name
    `,
  },
  {
    name: 'list',
    spec: 'RFC 4662',
    elements: `
      list @xmlns @uri @version @fullstate @cid name resource
      resource @uri name instance
      name @lang
      instance @id @STATE @reason @cid
    `,
  },
  {
    name: 'watcherinfo',
    spec: 'RFC 3858',
    elements: `
      watcherinfo @xmlns @version @state watcher-list
      watcher-list @resource @package watcher
      watcher @display-name @status @event @expiration @id @duration-subscribed
    `,
  },
  {
    name: 'poc-settings',
    spec: 'RFC 4354',
    elements: `
      poc-settings @xmlns entity
      entity @id isb-settings am-settings ipab-settings sss-settings
      isb-settings incoming-session-barring
      incoming-session-barring @active
      am-settings answer-mode
      answer-mode
      ipab-settings incoming-personal-alert-barring
      incoming-personal-alert-barring @active
      sss-settings simultaneous-sessions-support
      simultaneous-sessions-support @active
    `,
  },
  {
    name: 'xcap-caps',
    spec: 'RFC 4825 §12',
    elements: `
      xcap-caps auid extension namespace
      auid
      extension
      namespace
    `,
  },
  {
    name: 'xcap-error',
    spec: 'RFC 4825 §11',
    elements: `
      xcap-error @xmlns schema-validation-error not-xml-frag no-parent cannot-insert not-xml-att-value uniqueness-failure not-well-formed constraint-failure cannot-delete not-utf-8
      schema-validation-error @phrase
      not-xml-frag @phrase
      ancestor
      no-parent @phrase ancestor
      cannot-insert @phrase
      alt-value
      exists @field alt-value
      uniqueness-failure @phrase exists
      not-xml-att-value @phrase
      not-well-formed @phrase
      constraint-failure @phrase
      cannot-delete @phrase
      not-utf-8 @phrase
    `,
  },
  {
    name: 'rss',
    spec: 'RSS 2.0',
    elements: `
      rss @version channel
      channel title description link language item rating image textinput copyright pubDate lastBuildDate docs managingEditor webMaster skipHours skipDays cloud ttl
      title
      description
      link
      image title url link width height description
      url
      item title link description author category comments enclosure guid pubDate source
      textinput title description name link
      name
      rating
      language
      width
      height
      copyright
      pubDate
      lastBuildDate
      docs
      managingEditor
      webMaster
      hour
      day
      skipHours hour
      skipDays day
      cloud @domain @port @registerProcedure @protocol @path
      ttl
      source @url
      enclosure @url @length @type
      category @domain
      guid @isPermaLink
      author
      comments
    `,
  },
  {
    name: 'itunes',
    spec: 'Podcasts in RSS',
    elements: `
      author
      block
      category @text
      duration
      explicit
      keywords
      owner
      subtitle
      summary
    `,
  },
  {
    name: 'dc',
    spec: 'Dublin Core',
    isFlat: true,
    elements: `
      title
      creator
      subject
      description
      publisher
      contributor
      date
      type
      format
      identifier
      source
      language
      relation
      coverage
      rights
    `,
  },
  {
    name: 'smil',
    spec: 'SMIL 1.0',
    mediaType: 'application/smil',
    isFlat: true,
    elements: `
      smil @id
      head @id
      layout @id @type
      region @id @title @height @width @background-color @left @top @z-index @fit @skip-content
      root-layout @id @title @height @width @background-color @skip-content
      meta @name @content @skip-content
      body @id
      par @id @title @abstract @author @copyright @endsync @dur @repeat @region @begin @end ${SYSTEM}
      seq @id @title @abstract @author @copyright @dur @repeat @region @begin @end ${SYSTEM}
      switch @id @title
      ref ${MEDIA}
      audio ${MEDIA}
      img @id @title @abstract @author @copyright @region @alt @longdesc @src @type @dur @repeat @fill @begin @end ${SYSTEM}
      video ${MEDIA}
      text @id @title @abstract @author @copyright @region @alt @longdesc @src @type @dur @repeat @fill @begin @end ${SYSTEM}
      textstream ${MEDIA}
      animation ${MEDIA}
      a @id @title @href @show
      anchor @skip-content @id @title @href @show @begin @end @coords
    `,
  },
];
