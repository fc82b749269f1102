import '../../styles/help.scss'

interface Section {
  heading: string
  text: readonly string[]
  list: readonly string[]
}

/** The sections of a long text, each under its heading. */
export function Article({ sections }: { sections: readonly Section[] }) {
  return sections.map(({ heading, text, list }) => (
    <section key={heading} className="help-part">
      <h2>{heading}</h2>
      {text.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      {list.length > 0 && (
        <ul>
          {list.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      )}
    </section>
  ))
}
