"""Documents of a second author: other words, other hands, the same template; read back and judged item by item."""
