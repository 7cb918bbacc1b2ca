"""What a view has to show, without a screen: parts that pages, slides and files draw alike."""
