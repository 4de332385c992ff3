"""Models that the operator reaches over the network; off unless named, and said wherever they are used."""
